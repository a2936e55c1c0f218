import type { FlagClient } from "#sdk/flag-client.ts";
import {
  type InboundMessage,
  type MessageStatus,
  readWebhook,
  type WebhookItem,
} from "#sdk/rules.ts";
import type { Recorded } from "../store/event-log.ts";
import type { Outcome } from "../store/outcome.ts";
import type { Store } from "../store/store.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { decideMessage, decideStatus } from "./decide-item.ts";

type Parts = {
  flags: FlagClient;
  store: Store;
  /** Takes webhooks that are on disk, in the order they were decided in. */
  deliver: (webhooks: readonly PendingWebhook[]) => void;
};

/** Of a payload: how many items were new or repeated, and what could not be read. */
export type Received = { taken: number; repeated: number; problems: string[] };

/**
 * Decides about each message and status of a payload of Meta's, and resolves once the decisions are on
 * disk. What Meta repeats keeps its first decision, and is counted once.
 *
 * @throws Error when nothing of it could be kept
 */
export async function receivePayload(body: unknown, parts: Parts): Promise<Received> {
  const { items, problems } = readWebhook(body);
  const outcomes = await parts.store.write(() => items.flatMap((item) => take(item, parts)));
  parts.deliver(outcomes.flatMap(({ webhook }) => webhook ?? []));
  // After the commit: what was not kept comes again, and is counted then.
  for (const { outcome, seq } of outcomes) if (seq !== null) count(outcome, seq, parts);
  const taken = outcomes.filter(({ isNew }) => isNew).length;
  return {
    taken,
    repeated: outcomes.length - taken,
    problems: problems.map(({ path, message }) => `${path}: ${message}`),
  };
}

type Taken = Recorded & { outcome: Outcome };

function take(item: WebhookItem, parts: Parts): Taken[] {
  const { store } = parts;
  if (item.number) store.numbers.learn(item.number);
  switch (item.kind) {
    case "message":
    case "status": {
      const outcome = decide(item, parts);
      const recorded = store.events.record(outcome);
      // Of a customer who was dropped or refused nothing is kept.
      if (recorded.webhook) store.identities.learn(item.customer, item);
      return [{ ...recorded, outcome }];
    }
    case "identity_change":
      store.identities.apply(item);
      return [];
    case "other":
      return [];
  }
}

function decide(item: InboundMessage | MessageStatus, { flags, store }: Parts): Outcome {
  const customer = store.identities.current(item.customer, item.number);
  if (item.kind === "message") return decideMessage({ ...item, customer }, flags);
  return decideStatus({ ...item, customer }, { flags, sent: store.sent.find(item.id) });
}

/** Messages only: a status is no customer's message. */
function count(outcome: Outcome, seq: number, { flags, store }: Parts): void {
  if (outcome.kind !== "webhook" || outcome.topic === "messages")
    flags.count(outcome.phoneNumberId, outcome.case, { accepted: outcome.kind === "webhook" });
  store.reports.counted(seq);
}
