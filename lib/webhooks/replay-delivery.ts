import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { DELIVERY_INCLUDE, type DeliveryRecord, toDeliveryRecord } from "./delivery-record.ts";
import { lockEndpoint, toEndpointTarget } from "./endpoint-record.ts";
import { TEST_EVENT } from "./events/webhook-events.ts";

export const replayDeliverySchema = z.strictObject({ endpointId: z.uuid(), deliveryId: z.uuid() });

/**
 * Sends a webhook once more, under the id that it had, with as many tries as a new one. Takes
 * `webhook:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for one that waits, for a test, or while the endpoint is off
 */
export async function replayDelivery(
  actor: Actor,
  input: z.input<typeof replayDeliverySchema>,
): Promise<DeliveryRecord> {
  authorize(actor, "webhook:manage", { tried: input.deliveryId });
  const { endpointId, deliveryId } = parseInput(replayDeliverySchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId);
    const where = { id: deliveryId, endpointId };
    const delivery = await tx.db.webhookDelivery.findFirst({ where });
    if (!delivery) throw new AppError("NOT_FOUND", "There is no such delivery of this endpoint.");
    const refusal = findRefusal(endpoint, delivery);
    if (refusal) throw new AppError("CONFLICT", refusal);
    const row = await tx.db.webhookDelivery.update({
      where,
      data: { state: "waiting", tries: 0, nextTryAt: tx.now, leasedUntil: null },
      include: DELIVERY_INCLUDE,
    });
    const target = toEndpointTarget(endpoint);
    const after = { deliveryId, event: row.type };
    await appendEvents(tx, [{ action: "webhook.replayed", target, before: null, after }]);
    return toDeliveryRecord(row);
  });
}

function findRefusal(
  { isOn }: { isOn: boolean },
  { state, type }: { state: string; type: string },
): string | null {
  if (type === TEST_EVENT) return "A test is sent once. Send another one instead.";
  if (!isOn) return "The endpoint is off. Switch it on first.";
  if (state === "waiting") return "It waits for its next try already.";
  return null;
}
