import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { keepHead } from "./keep-head.ts";
import type { SignedHead } from "./signed-head.ts";
import { toSignedHead } from "./stored-head.ts";

/**
 * The signed head of the trail as it is now: the stored one, or a new one when the trail has
 * grown since, or the key is another. Takes `audit:read`.
 *
 * @throws HeadTroubleError when the trail does not go on from what this console signed last
 */
export async function readHead(actor: Actor): Promise<SignedHead> {
  authorize(actor, "audit:read");
  const { seq, headHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  return await keepHead({ seq, hash: headHash });
}

/**
 * The signed head of the latest entry that has one, as it is stored, null when there was none yet. Signs
 * nothing. Takes `audit:read`.
 */
export async function findLastHead(actor: Actor): Promise<SignedHead | null> {
  authorize(actor, "audit:read");
  const row = await db().auditHead.findFirst({ orderBy: [{ seq: "desc" }, { signedAt: "desc" }] });
  return row && toSignedHead(row);
}
