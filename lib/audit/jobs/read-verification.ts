import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import type { RecheckRange } from "../verify/recheck.ts";

/** What the console's latest verification of the trail found. */
export type Verification = {
  verifiedAt: Date;
  isWhole: boolean;
  /** From the first entry; else from the head that the verification before ended with. */
  isFull: boolean;
  /** The first entry that was followed, and the last one; the first bad one, when it is not whole. */
  firstSeq: number | null;
  throughSeq: number;
  /** What is wrong with that entry, in words. */
  problem: string | null;
  /** Of the entries that were verified before, those that were read again; null when all were. */
  rechecked: RecheckRange | null;
  /** When a verification last read all of them and found them whole. */
  fullAt: Date | null;
  /** The last signed head that agreed. */
  head: { seq: number; signedAt: Date; keyId: string } | null;
  /** Of archives, which were not where they should be. */
  missingFiles: string[];
  tookMs: number;
  /** Null: the console's own schedule. */
  askedBy: string | null;
};

/** The latest verification, null when there was none yet. Takes `audit:read`. */
export async function readVerification(actor: Actor): Promise<Verification | null> {
  authorize(actor, "audit:read");
  const row = await db().auditVerification.findFirst({
    orderBy: { id: "desc" },
    include: { askedBy: { select: { name: true } } },
  });
  if (!row) return null;
  const full = await db().auditVerification.findFirst({
    where: { isFull: true, isWhole: true },
    orderBy: { id: "desc" },
    select: { verifiedAt: true },
  });
  const { verifiedAt, isWhole, isFull, problem, headSeq, headSignedAt, headKeyId } = row;
  const { missingFiles, tookMs } = row;
  const head =
    headSeq === null || headSignedAt === null || headKeyId === null
      ? null
      : { seq: Number(headSeq), signedAt: headSignedAt, keyId: headKeyId };
  const rechecked =
    row.againFirstSeq === null || row.againLastSeq === null
      ? null
      : { firstSeq: Number(row.againFirstSeq), lastSeq: Number(row.againLastSeq) };
  const throughSeq = Number(row.throughSeq);
  const firstSeq = row.firstSeq === null ? null : Number(row.firstSeq);
  const fullAt = full?.verifiedAt ?? null;
  const extent = { isFull, firstSeq, throughSeq, rechecked, fullAt, missingFiles };
  const askedBy = row.askedBy?.name ?? null;
  return { verifiedAt, isWhole, problem, head, tookMs, askedBy, ...extent };
}
