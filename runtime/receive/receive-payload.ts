import type { FlagClient } from "#sdk/flag-client.ts";
import {
  type InboundMessage,
  type ItemProblem,
  type MessageStatus,
  readWebhook,
  type WebhookItem,
} from "#sdk/rules.ts";
import type { Recorded } from "../store/event-log.ts";
import type { Outcome } from "../store/outcome.ts";
import type { SentMessage } from "../store/sent-messages.ts";
import type { Store } from "../store/store.ts";
import { namesBsuid } from "../store/wamid-token.ts";
import { decideMessage, decideStatus } from "./decide-item.ts";
import type { DecidedWebhook, OvertakingStatuses } from "./overtaking-statuses.ts";
import { toLanes } from "./to-lanes.ts";

type Parts = {
  flags: FlagClient;
  store: Store;
  statuses: OvertakingStatuses;
};

/** How many unreadable items of one payload are recorded one by one. */
const MAX_PROBLEMS = 100;

/** A payload's new and repeated items as counts, its unreadable items, and its other events by Meta's name. */
export type Received = {
  taken: number;
  repeated: number;
  problems: readonly ItemProblem[];
  fields: readonly string[];
};

/**
 * Decides about each message and status of one of Meta's payloads; resolves once the decisions are on disk.
 * An item that Meta repeats keeps its first decision, and is counted once.
 *
 * @throws Error when it could not be written; then nothing of it is kept
 */
export async function receivePayload(body: unknown, parts: Parts): Promise<Received> {
  const { numbers } = parts.store;
  const { items, problems: unchecked } = readWebhook(
    body,
    (id) => numbers.find(id)?.displayPhoneNumber ?? null,
  );
  const problems = unchecked.map((problem) => withoutStranger(problem, parts));
  const { taken, repeated, fields } = await parts.store.write(() => {
    recordProblems(problems, parts.store);
    return takeAll(items, parts);
  });
  const webhooks: DecidedWebhook[] = [];
  for (const { outcome, recorded, completeWith } of taken) {
    const { phoneNumberId, messageId } = outcome;
    const { webhook } = recorded;
    if (webhook) webhooks.push({ webhook, phoneNumberId, messageId, completeWith });
    // Counted after the commit: what was not kept comes again, and is counted then.
    count(outcome, recorded.seq, parts);
  }
  parts.statuses.deliver(webhooks);
  return {
    taken: taken.length,
    repeated,
    problems,
    fields,
  };
}

/** Records items that are answered 200 but neither delivered nor dropped, so that people can find them. */
function recordProblems(problems: readonly ItemProblem[], { events }: Store): void {
  const at = Date.now();
  for (const { phoneNumberId, messageId, message: why, code } of problems.slice(0, MAX_PROBLEMS))
    events.recordUnreadable({ at, phoneNumberId, messageId, why, code });
  const more = problems.length - MAX_PROBLEMS;
  if (more <= 0) return;
  const why = `${more} more items of the payload with the items before this one cannot be read.`;
  events.recordUnreadable({ at, phoneNumberId: null, messageId: null, why, code: null });
}

/**
 * Replaces the message id by its pseudonym if it would name a customer without a phone on a number that is
 * off: their messages are dropped, and nothing that names them is kept.
 */
function withoutStranger<Refused extends Pick<ItemProblem, "messageId" | "phoneNumberId">>(
  refused: Refused,
  { flags, store }: Pick<Parts, "flags" | "store">,
): Refused {
  const { messageId, phoneNumberId } = refused;
  const isOn = phoneNumberId !== null && flags.acceptsBsuid(phoneNumberId);
  if (isOn || messageId === null || !namesBsuid(messageId)) return refused;
  return { ...refused, messageId: store.pseudonyms.ofMessage(messageId) };
}

type Decided = { outcome: Outcome; completeWith: DecidedWebhook["completeWith"] };
type Taken = Decided & { recorded: Recorded };

function takeAll(
  items: readonly WebhookItem[],
  parts: Parts,
): { taken: Taken[]; repeated: number; fields: string[] } {
  const taken: Taken[] = [];
  const fields: string[] = [];
  let repeated = 0;
  for (const item of items) {
    const one = take(item, parts);
    if (one === null) fields.push(nameOf(item));
    else if (one === "repeated") repeated += 1;
    else taken.push(one);
  }
  return { taken, repeated, fields };
}

/** The name by which an item is counted that is neither delivered nor listed. */
function nameOf(item: WebhookItem): string {
  switch (item.kind) {
    case "other":
      return item.field;
    case "identity_change":
      return item.source;
    case "message":
      return item.type;
    case "status":
      return item.status;
  }
}

function take(item: WebhookItem, parts: Parts): Taken | "repeated" | null {
  const { store } = parts;
  if (item.number) store.numbers.learn(item.number);
  switch (item.kind) {
    case "message":
    case "status": {
      const decided = decide(item, parts);
      if (decided === null) return null;
      const { outcome, completeWith } = decided;
      const recorded = store.events.record(outcome);
      // Nothing is kept of a customer who was dropped or refused.
      if (recorded?.webhook && isKnownToBusiness(item, parts)) {
        store.identities.learn(item.customer, item);
      }
      return recorded === null ? "repeated" : { outcome, recorded, completeWith };
    }
    case "identity_change":
      if (store.identities.knows(item)) store.identities.apply(item);
      // A stranger's messages may be dropped, here or by another number: on a number that is off nothing of
      // their notice is kept.
      else if (parts.flags.acceptsBsuid(item.number.phoneNumberId)) store.identities.seal(item);
      return null;
    case "other":
      return null;
  }
}

function decide(item: InboundMessage | MessageStatus, { flags, store }: Parts): Decided | null {
  const customer = store.identities.current(item.customer, item.number);
  const current = customer === item.customer ? item : { ...item, customer };
  const lanes = toLanes(item, store.identities.idsOf(item.customer, item.number));
  if (current.kind === "message") {
    const outcome = decideMessage(current, { flags, lanes });
    if (outcome?.kind !== "refused") return outcome && { outcome, completeWith: null };
    return { outcome: withoutStranger(outcome, { flags, store }), completeWith: null };
  }
  const acceptsBsuid = flags.acceptsBsuid(current.number.phoneNumberId);
  const { pseudonyms } = store;
  const decideWith = (sent: SentMessage | null) =>
    decideStatus(current, { acceptsBsuid, sent, lanes, pseudonyms });
  const sent = store.sent.find(item.id);
  const completeWith = sent === null ? decideWith : null;
  return { outcome: decideWith(sent), completeWith };
}

/** False for a customer without a phone whose status comes while the number is off: their messages are dropped. */
function isKnownToBusiness(
  { customer, number }: InboundMessage | MessageStatus,
  { flags }: Parts,
): boolean {
  return customer.phone !== null || flags.acceptsBsuid(number.phoneNumberId);
}

/** Counts customers' messages only: no status, and nothing that WhatsApp wrote. */
function count(outcome: Outcome, seq: number, { flags, store }: Parts): void {
  if (outcome.isCounted)
    flags.count(outcome.phoneNumberId, outcome.case, { accepted: outcome.kind === "webhook" });
  store.reports.counted(seq);
}
