import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/**
 * Of some batches those that an admin made without a second person, each with why it could not wait for one.
 * Takes `desk:read`.
 */
export async function findForcedBatches(
  actor: Actor,
  batchIds: readonly string[],
): Promise<Map<string, string>> {
  authorize(actor, "desk:read");
  const rows = await db().forcedChange.findMany({
    where: { batchId: { in: [...batchIds] } },
    select: { batchId: true, reason: true },
  });
  return new Map(rows.map(({ batchId, reason }) => [batchId, reason]));
}
