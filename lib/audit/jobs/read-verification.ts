import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import type { RecheckRange } from "../verify/recheck.ts";

/** The result of a verification of the trail. */
export type Verification = {
  verifiedAt: Date;
  isWhole: boolean;
  /** Whether it began at the first entry; if not, at the last head of the verification before. */
  isFull: boolean;
  /** `firstSeq` and `throughSeq`: the entries that were checked, through the first bad one if there is a fault. */
  firstSeq: number | null;
  throughSeq: number;
  /** What is wrong with entry `throughSeq`, in words. */
  problem: string | null;
  /** The earlier entries that were checked again; null when all were. */
  rechecked: RecheckRange | null;
  /** When the last full verification found no fault. */
  fullAt: Date | null;
  /** The last signed head that agreed. */
  head: { seq: number; signedAt: Date; keyId: string } | null;
  /** Files of archives that were not in their folder. */
  missingFiles: string[];
  tookMs: number;
  /** The name of who asked for it; null for the schedule. */
  askedBy: string | null;
};

/** Reads the latest verification; null when there was none yet. Takes `audit:read`. */
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
