import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";

/** What the console's latest verification of the trail found. */
export type Verification = {
  verifiedAt: Date;
  isWhole: boolean;
  /** From the first entry; else from the head that the verification before ended with. */
  isFull: boolean;
  /** The last entry that was verified, or the first bad one. */
  throughSeq: number;
  /** What is wrong with that entry, in words. */
  problem: string | null;
  /** The last signed head that agreed. */
  head: { seq: number; signedAt: Date; keyId: string } | null;
};

/** The latest verification, null when there was none yet. Takes `audit:read`. */
export async function readVerification(actor: Actor): Promise<Verification | null> {
  authorize(actor, "audit:read");
  const row = await db().auditVerification.findFirst({ orderBy: { id: "desc" } });
  if (!row) return null;
  const { verifiedAt, isWhole, isFull, problem, headSeq, headSignedAt, headKeyId } = row;
  const head =
    headSeq === null || headSignedAt === null || headKeyId === null
      ? null
      : { seq: Number(headSeq), signedAt: headSignedAt, keyId: headKeyId };
  return { verifiedAt, isWhole, isFull, throughSeq: Number(row.throughSeq), problem, head };
}
