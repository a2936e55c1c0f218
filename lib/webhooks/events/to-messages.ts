import type { SignedEvent } from "../../audit/event.ts";
import { type FlipBatch, isFlip, toBatchKey } from "./read-batches.ts";
import type { WebhookEvent } from "./webhook-events.ts";
import type { WebhookMessage } from "./webhook-message.ts";

/** What the entries do not say themselves, by the ids of their targets. */
export type Lookups = {
  accountIds: ReadonlyMap<string, string>;
  /** By `toBatchKey`. */
  batches: ReadonlyMap<string, FlipBatch>;
  requests: ReadonlyMap<string, { turnOn: number; makePhoneOnly: number }>;
  schedules: ReadonlyMap<
    string,
    { requestId: string | null; batchId: string | null; failureCode: string | null }
  >;
};

const EVENT_OF: ReadonlyMap<string, WebhookEvent> = new Map([
  ["request.opened", "request.opened"],
  ["request.approved", "request.decided"],
  ["request.declined", "request.decided"],
  ["request.voided", "request.void"],
  ["schedule.done", "schedule.done"],
  ["schedule.failed", "schedule.failed"],
]);

/** Whether entries of this action are told to anybody. */
export function isTold({ action }: SignedEvent): boolean {
  return isFlip({ action }) || EVENT_OF.has(action);
}

/** What receivers are told of these entries, in their order. */
export function toMessages(events: readonly SignedEvent[], lookups: Lookups): WebhookMessage[] {
  return events.flatMap((event) => {
    if (event.outcome !== "success") return [];
    const happenedAt = new Date(event.occurredAt);
    const common = {
      seq: event.seq,
      personId: event.actor.type === "person" ? event.actor.id : null,
      onBehalfOfId: event.onBehalfOf?.id ?? null,
    };
    if (isFlip(event)) {
      const flip = toFlip(event, lookups);
      return flip ? [{ type: flip.type, happenedAt, data: { ...common, ...flip.data } }] : [];
    }
    const type = EVENT_OF.get(event.action);
    if (!type) return [];
    const data = type.startsWith("request.")
      ? toRequest(event, lookups)
      : toSchedule(event, lookups);
    return [{ type, happenedAt, data: { ...common, ...data } }];
  });
}

type Flip = Pick<WebhookMessage, "type" | "data">;

/** A single flip, or a batch with the first of its flips; null for the others of a batch. */
function toFlip(event: SignedEvent, { accountIds, batches }: Lookups): Flip | null {
  const batchId = event.batchId ?? null;
  const batch = batchId === null ? undefined : batches.get(toBatchKey(event));
  if (batch && batch.turnedOn + batch.madePhoneOnly > 1) {
    if (batch.firstSeq !== event.seq) return null;
    const { lastSeq, turnedOn, madePhoneOnly, revision, accounts, accountIds: ids } = batch;
    const counts = { turnedOn, madePhoneOnly, accounts };
    return { type: "flag.batch", data: { batchId, lastSeq, revision, ...counts, accountIds: ids } };
  }
  return {
    type: "flag.changed",
    data: {
      phoneNumberId: event.target.id,
      accountId: accountIds.get(event.target.id) ?? null,
      acceptsBsuid: event.action === "flag.enabled",
      revision: event.revision,
      batchId,
    },
  };
}

function toRequest({ target, after }: SignedEvent, { requests }: Lookups): WebhookMessage["data"] {
  const state = typeof after?.state === "string" ? after.state : null;
  const counts = requests.get(target.id) ?? { turnOn: 0, makePhoneOnly: 0 };
  return { requestId: target.id, state, ...counts };
}

function toSchedule(
  { target, action }: SignedEvent,
  { schedules }: Lookups,
): WebhookMessage["data"] {
  const state = action === "schedule.done" ? "done" : "failed";
  const more = schedules.get(target.id) ?? { requestId: null, batchId: null, failureCode: null };
  return { scheduleId: target.id, state, ...more };
}
