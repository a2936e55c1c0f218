import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import {
  ENDPOINT_INCLUDE,
  type EndpointRecord,
  newEndpointNotFound,
  toEndpointRecord,
} from "./endpoint-record.ts";

/** Reads one endpoint. Takes `webhook:manage`. @throws AppError NOT_FOUND, for a malformed id, too */
export async function getEndpoint(actor: Actor, endpointId: string): Promise<EndpointRecord> {
  authorize(actor, "webhook:manage", { tried: endpointId });
  if (!z.uuid().safeParse(endpointId).success) throw newEndpointNotFound();
  const where = { id: endpointId };
  const row = await db().webhookEndpoint.findUnique({ where, include: ENDPOINT_INCLUDE });
  if (!row) throw newEndpointNotFound();
  return toEndpointRecord(row);
}
