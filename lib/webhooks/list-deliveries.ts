import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { storedTime } from "../stored-time.ts";
import { DELIVERY_INCLUDE, type DeliveryRecord, toDeliveryRecord } from "./delivery-record.ts";
import { newEndpointNotFound } from "./endpoint-record.ts";

export const listDeliveriesSchema = z.strictObject({
  endpointId: z.uuid(),
  limit: limitSchema,
  cursor: z.string().optional(),
});

export type DeliveryPage = { items: DeliveryRecord[]; nextCursor: string | null };

const positionSchema = z.tuple([storedTime(), z.uuid()]);

/**
 * Lists a page of an endpoint's deliveries, newest first; they are kept 30 days. Takes `webhook:manage`.
 *
 * @throws AppError NOT_FOUND, INVALID_INPUT for an invalid cursor
 */
export async function listDeliveries(
  actor: Actor,
  input: z.input<typeof listDeliveriesSchema>,
): Promise<DeliveryPage> {
  authorize(actor, "webhook:manage", { tried: input.endpointId });
  const { endpointId, limit, cursor } = parseInput(listDeliveriesSchema, input);
  const endpoint = await db().webhookEndpoint.findUnique({ where: { id: endpointId } });
  if (!endpoint) throw newEndpointNotFound();
  const rows = await db().webhookDelivery.findMany({
    where: { endpointId, ...(cursor === undefined ? {} : toBeyond(cursor)) },
    include: DELIVERY_INCLUDE,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toDeliveryRecord);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? toPageCursor([last.createdAt, last.id]) : null };
}

function toBeyond(cursor: string) {
  const [time, id] = parsePageCursor(positionSchema, cursor);
  const createdAt = new Date(time);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}
