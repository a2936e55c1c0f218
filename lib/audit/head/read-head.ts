import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";
import type { AuditHead } from "../../db/generated/client.ts";
import { auditKeys } from "./audit-keys.ts";
import { type SignedHead, signHead } from "./signed-head.ts";

/**
 * The signed head of the trail as it is now: the stored one, or a new one when the trail has
 * grown since, or the key is another. Takes `audit:read`.
 */
export async function readHead(actor: Actor): Promise<SignedHead> {
  authorize(actor, "audit:read");
  const { seq, headHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  return await keepHead({ seq, hash: headHash });
}

/**
 * The head that was signed last, as it is stored, null when there was none yet. Signs nothing.
 * Takes `audit:read`.
 */
export async function findLastHead(actor: Actor): Promise<SignedHead | null> {
  authorize(actor, "audit:read");
  const row = await db().auditHead.findFirst({ orderBy: [{ seq: "desc" }, { signedAt: "desc" }] });
  return row && toSignedHead(row);
}

/** Signs an entry that ends, or ended, the trail; the head is stored, once for each key. */
export async function keepHead({ seq, hash }: { seq: bigint; hash: string }): Promise<SignedHead> {
  const { signing } = auditKeys();
  const stored = await db().auditHead.findFirst({
    where: { seq, hash, keyId: signing.publicKey.keyId },
    orderBy: { signedAt: "desc" },
  });
  if (stored) return toSignedHead(stored);
  const head = signHead(signing, { seq: Number(seq), hash, at: databaseNow() });
  await db().auditHead.create({ data: { ...head, seq } });
  return head;
}

/** A stored row as the head that was signed. */
export function toSignedHead(row: AuditHead): SignedHead {
  const { hash, keyId, signature } = row;
  return { seq: Number(row.seq), hash, signedAt: row.signedAt.toISOString(), keyId, signature };
}
