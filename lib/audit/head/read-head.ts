import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { getOrSignHead } from "./get-or-sign-head.ts";
import type { SignedHead } from "./signed-head.ts";
import { toSignedHead } from "./stored-head.ts";

/**
 * The signed head of the trail's present end: the stored one, or a new one if the trail has grown or
 * the key has changed. Takes `audit:read`.
 *
 * @throws HeadTroubleError when the trail does not go on from what this console signed last
 */
export async function readHead(actor: Actor): Promise<SignedHead> {
  authorize(actor, "audit:read");
  const { seq, headHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  return await getOrSignHead({ seq, hash: headHash });
}

/**
 * The stored head of the latest entry that has one, or null while there is none. Signs nothing. Takes
 * `audit:read`.
 */
export async function findLastHead(actor: Actor): Promise<SignedHead | null> {
  authorize(actor, "audit:read");
  const row = await db().auditHead.findFirst({ orderBy: [{ seq: "desc" }, { signedAt: "desc" }] });
  return row && toSignedHead(row);
}
