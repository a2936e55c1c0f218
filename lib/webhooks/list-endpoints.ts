import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { ENDPOINT_INCLUDE, type EndpointRecord, toEndpointRecord } from "./endpoint-record.ts";

/** Lists all endpoints, at most 50, the oldest first. Takes `webhook:manage`. */
export async function listEndpoints(actor: Actor): Promise<EndpointRecord[]> {
  authorize(actor, "webhook:manage");
  const rows = await db().webhookEndpoint.findMany({
    include: ENDPOINT_INCLUDE,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(toEndpointRecord);
}
