import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { db } from "../db/client.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { parseInput } from "../parse-input.ts";
import { type EndpointIdInput, endpointIdSchema } from "./delete-endpoint.ts";
import { attemptDelivery } from "./delivery/attempt-delivery.ts";
import { DELIVERY_INCLUDE, type DeliveryRecord, toDeliveryRecord } from "./delivery-record.ts";
import { lockEndpoint, newEndpointNotFound, toEndpointTarget } from "./endpoint-record.ts";
import { TEST_EVENT } from "./events/webhook-events.ts";

/**
 * Sends a test to an endpoint, once, whether it is on or off, and waits for the answer: at most 15 s. Takes
 * `webhook:manage`.
 *
 * @throws AppError NOT_FOUND
 */
export async function sendTest(actor: Actor, input: EndpointIdInput): Promise<DeliveryRecord> {
  authorize(actor, "webhook:manage", { tried: input.endpointId });
  const { endpointId } = parseInput(endpointIdSchema, input);
  const row = await inAuditedTransaction(actor, async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId);
    const made = await tx.db.webhookDelivery.create({
      data: {
        endpointId,
        type: TEST_EVENT,
        data: { endpointId },
        // Counted as failed until it was delivered: nobody tries it again.
        state: "failed",
        tries: 1,
        happenedAt: tx.now,
        nextTryAt: tx.now,
        createdAt: tx.now,
      },
    });
    const target = toEndpointTarget(endpoint);
    const after = { deliveryId: made.id };
    await appendEvents(tx, [{ action: "webhook.tested", target, before: null, after }]);
    return made;
  });
  await attemptDelivery({ ...row, leasedUntil: row.createdAt }, new AbortController().signal);
  const where = { id: row.id };
  const sent = await db().webhookDelivery.findUnique({ where, include: DELIVERY_INCLUDE });
  if (!sent) throw newEndpointNotFound();
  return toDeliveryRecord(sent);
}
