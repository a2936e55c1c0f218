import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { parseInput } from "../parse-input.ts";
import { lockEndpoint, toEndpointFields, toEndpointTarget } from "./endpoint-record.ts";

export const endpointIdSchema = z.strictObject({ endpointId: z.uuid() });

export type EndpointIdInput = z.input<typeof endpointIdSchema>;

/**
 * Deletes an endpoint with its secrets, its log and what waits for it. Takes `webhook:manage`.
 *
 * @throws AppError NOT_FOUND
 */
export async function deleteEndpoint(actor: Actor, input: EndpointIdInput): Promise<void> {
  authorize(actor, "webhook:manage", { tried: input.endpointId });
  const { endpointId } = parseInput(endpointIdSchema, input);
  await inAuditedTransaction(actor, async (tx) => {
    const row = await lockEndpoint(tx, endpointId);
    await tx.db.webhookEndpoint.delete({ where: { id: endpointId } });
    const target = toEndpointTarget(row);
    const before = toEndpointFields(row);
    const after = { url: null, events: null, isOn: null };
    await appendEvents(tx, [{ action: "webhook.deleted", target, before, after }]);
  });
}
