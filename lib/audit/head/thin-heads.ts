import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";

/**
 * Keeps one head a day of the days that are more than 30 days past, and those where archives end. Takes
 * `audit:keep`, and the database's owner: the application's role removes nothing.
 *
 * @returns how many went
 */
export async function thinHeads(actor: Actor): Promise<number> {
  authorize(actor, "audit:keep");
  return await db().$executeRaw`DELETE FROM audit_head h WHERE audit_head_is_spare(h)`;
}
