import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";
import type { AuditVerification } from "../../db/generated/client.ts";
import { withTurn } from "../../db/with-turn.ts";
import { auditKeys } from "../head/audit-keys.ts";
import { readLastOfJournal } from "../head/head-journal.ts";
import { HeadTroubleError } from "../head/head-trouble.ts";
import { readHead } from "../head/read-head.ts";
import { isSignedBy, type SignedHead } from "../head/signed-head.ts";
import { toSignedHead } from "../head/stored-head.ts";
import { type TrailReport, verifyTrail } from "../verify-trail.ts";

/** From the first entry at least each week: in between, from the last head that was verified. */
const FULL_AFTER_MS = 7 * 24 * 3_600_000;

/**
 * Verifies the trail, mostly what came since the last time and some old entries, and keeps the result. Takes
 * `audit:keep`, which only the console itself has, and `audit:read`.
 *
 * @returns null when another console is at it
 */
export async function verifyOnSchedule(actor: Actor): Promise<TrailReport | null> {
  authorize(actor, "audit:keep");
  return await withTurn("verification", async () => {
    await signFirst(actor);
    const latest = await db().auditVerification.findFirst({ orderBy: { id: "desc" } });
    const since = await findVerifiedHead(latest);
    const againAfter = Number(latest?.againLastSeq ?? 0n);
    // Files may be large and far away: with the weekly run.
    const files = since === null ? { archiveDir: getConfig().audit.archiveDir } : {};
    const journals = await findJournals();
    const report = await verifyTrail(actor, { since, againAfter, journals, ...files });
    await db().auditVerification.create({
      data: {
        isFull: since === null,
        isWhole: report.isWhole,
        throughSeq: BigInt(report.isWhole ? report.events : report.seq),
        problem: report.isWhole ? null : report.problem,
        ...(report.isWhole ? toColumns(report) : {}),
      },
    });
    return report;
  });
}

/** Where nothing can be signed any more, verifying is what tells why. */
async function signFirst(actor: Actor): Promise<void> {
  try {
    await readHead(actor);
  } catch (error) {
    if (!(error instanceof HeadTroubleError)) throw error;
  }
}

/** This console's own journal, once it has one. */
async function findJournals(): Promise<string[]> {
  const { headJournal } = getConfig().audit;
  return (await readLastOfJournal(headJournal)) ? [headJournal] : [];
}

/** The head that the latest good verification ended with; null when all is to be verified. */
async function findVerifiedHead(latest: AuditVerification | null): Promise<SignedHead | null> {
  const full = await db().auditVerification.findFirst({
    where: { isFull: true, isWhole: true },
    orderBy: { id: "desc" },
  });
  if (!latest?.isWhole || !full || latest.headSeq === null) return null;
  if (databaseNow().getTime() - full.verifiedAt.getTime() >= FULL_AFTER_MS) return null;
  const rows = await db().auditHead.findMany({ where: { seq: latest.headSeq } });
  const { known } = auditKeys();
  return (
    rows.map(toSignedHead).find((head) => {
      const key = known.get(head.keyId);
      return key !== undefined && isSignedBy(key, head);
    }) ?? null
  );
}

function toColumns({ head, again }: Extract<TrailReport, { isWhole: true }>) {
  return {
    headSeq: head && BigInt(head.seq),
    headSignedAt: head && new Date(head.signedAt),
    headKeyId: head?.keyId ?? null,
    againFirstSeq: again && BigInt(again.firstSeq),
    againLastSeq: again && BigInt(again.lastSeq),
  };
}
