import { randomUUID } from "node:crypto";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";
import type { AuditVerification } from "../../db/generated/client.ts";
import { auditKeys } from "../head/audit-keys.ts";
import { isSignedBy, type SignedHead } from "../head/signed-head.ts";
import { toSignedHead } from "../head/stored-head.ts";
import type { TrailReport } from "../verify/verify-trail.ts";
import { runVerification } from "./run-verification.ts";
import { beginScheduled } from "./verification-run.ts";

/** At least once a week the whole trail is verified; in between, only what follows the last verified head. */
const FULL_AFTER_MS = 7 * 24 * 3_600_000;

/**
 * Verifies the entries since the last verification and some older ones, or once a week all, and stores the
 * result. Takes `audit:keep`, which only the console itself has, and `audit:read`.
 *
 * @returns null when a verification is running or requested already
 */
export async function verifyOnSchedule(
  actor: Actor,
  runId: string = randomUUID(),
): Promise<TrailReport | null> {
  authorize(actor, "audit:keep");
  authorize(actor, "audit:read");
  if (!(await beginScheduled(runId))) return null;
  const run = { id: runId, askedById: null };
  return await runVerification(actor, { run, findScope: findNextScope });
}

async function findNextScope() {
  const latest = await db().auditVerification.findFirst({ orderBy: { id: "desc" } });
  const since = await findVerifiedHead(latest);
  return { since, recheckAfter: Number(latest?.againLastSeq ?? 0n) };
}

/** The last head of the latest verification; null when the whole trail has to be verified. */
async function findVerifiedHead(latest: AuditVerification | null): Promise<SignedHead | null> {
  const full = await db().auditVerification.findFirst({
    where: { isFull: true, isWhole: true },
    orderBy: { id: "desc" },
  });
  if (!latest?.isWhole || !full || latest.headSeq === null) return null;
  if (databaseNow().getTime() - full.verifiedAt.getTime() >= FULL_AFTER_MS) return null;
  const rows = await db().auditHead.findMany({ where: { seq: latest.headSeq } });
  const { keys } = auditKeys();
  return (
    rows.map(toSignedHead).find((head) => {
      const key = keys.get(head.keyId);
      return key !== undefined && isSignedBy(key, head);
    }) ?? null
  );
}
