import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";

/**
 * Deletes heads older than 30 days, but for the last of each day and those where archives end. Takes
 * `audit:keep`, and a connection as the database's owner.
 *
 * @returns how many were deleted
 */
export async function thinHeads(actor: Actor): Promise<number> {
  authorize(actor, "audit:keep");
  return await db().$executeRaw`DELETE FROM audit_head h WHERE audit_head_is_spare(h)`;
}
