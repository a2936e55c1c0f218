import type { PendingWebhook } from "../store/webhook-queue.ts";

/** Webhooks by column: threads copy a few long lists in half the time of many small objects. */
export type PackedWebhooks = { [Field in keyof PendingWebhook]: PendingWebhook[Field][] };

export function packWebhooks(webhooks: readonly PendingWebhook[]): PackedWebhooks {
  return {
    seq: webhooks.map(({ seq }) => seq),
    eventId: webhooks.map(({ eventId }) => eventId),
    lanes: webhooks.map(({ lanes }) => lanes),
    decidedAt: webhooks.map(({ decidedAt }) => decidedAt),
    attempts: webhooks.map(({ attempts }) => attempts),
    payload: webhooks.map(({ payload }) => payload),
  };
}

export function unpackWebhooks(packed: PackedWebhooks): PendingWebhook[] {
  const at = <Value>(column: readonly Value[], index: number) => column[index] as Value;
  return packed.seq.map((seq, index) => ({
    seq,
    eventId: at(packed.eventId, index),
    lanes: at(packed.lanes, index),
    decidedAt: at(packed.decidedAt, index),
    attempts: at(packed.attempts, index),
    payload: at(packed.payload, index),
  }));
}
