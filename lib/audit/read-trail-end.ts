import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/** The `seq` of the newest entry of the trail, 0 while there is none. Takes `audit:read`. */
export async function readTrailEnd(actor: Actor): Promise<number> {
  authorize(actor, "audit:read");
  const { seq } = await db().ledger.findUniqueOrThrow({ where: { id: 1 }, select: { seq: true } });
  return Number(seq);
}
