import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";

/** Why a run ended without a result. */
export type RunFailure = "stopped" | "locked" | "unavailable" | "failed";

/** A running verification updates its row every 2 s; one that has not for this long is dead. */
const SILENT_AFTER_SECONDS = 30;

export const IS_SILENT = Prisma.sql`run."seen_at" < clock_timestamp() - make_interval(secs => ${SILENT_AFTER_SECONDS})`;
const IS_OVER = Prisma.sql`(run."ended_at" IS NOT NULL OR ${IS_SILENT})`;

/**
 * Stores a request, which the first console to see it begins.
 *
 * @returns false when one is waiting or running already
 */
export async function putRequest(askedById: string | null): Promise<boolean> {
  const count = await db().$executeRaw`
    INSERT INTO "audit_verification_run" AS run ("asked_by_id", "asked_at", "seen_at")
    VALUES (${askedById}::uuid, clock_timestamp(), clock_timestamp())
    ON CONFLICT ("id") DO UPDATE SET
      "run_id" = NULL, "asked_by_id" = EXCLUDED."asked_by_id", "asked_at" = EXCLUDED."asked_at",
      "begun_at" = NULL, "seen_at" = EXCLUDED."seen_at", "entries_read" = 0, "of_entries" = NULL,
      "ended_at" = NULL, "failure" = NULL
    WHERE ${IS_OVER}`;
  return count === 1;
}

/** Whether a request waits for a console to begin it. */
export async function hasRequest(): Promise<boolean> {
  const row = await db().auditVerificationRun.findFirst({ where: { runId: null, endedAt: null } });
  return row !== null;
}

/**
 * Begins the requested verification as the run of this id.
 *
 * @returns who asked, if it was a person; null when there is no request, or another console was quicker
 */
export async function beginRequested(runId: string): Promise<{ askedById: string | null } | null> {
  const rows = await db().$queryRaw<{ askedById: string | null }[]>`
    UPDATE "audit_verification_run" SET
      "run_id" = ${runId}::uuid, "begun_at" = clock_timestamp(), "seen_at" = clock_timestamp()
    WHERE "run_id" IS NULL AND "ended_at" IS NULL
    RETURNING "asked_by_id" AS "askedById"`;
  return rows[0] ?? null;
}

/** Begins a scheduled run; returns false when one is waiting or running already. */
export async function beginScheduled(runId: string): Promise<boolean> {
  const count = await db().$executeRaw`
    INSERT INTO "audit_verification_run" AS run ("run_id", "asked_at", "begun_at", "seen_at")
    VALUES (${runId}::uuid, clock_timestamp(), clock_timestamp(), clock_timestamp())
    ON CONFLICT ("id") DO UPDATE SET
      "run_id" = EXCLUDED."run_id", "asked_by_id" = NULL, "asked_at" = EXCLUDED."asked_at",
      "begun_at" = EXCLUDED."begun_at", "seen_at" = EXCLUDED."seen_at", "entries_read" = 0,
      "of_entries" = NULL, "ended_at" = NULL, "failure" = NULL
    WHERE ${IS_OVER}`;
  return count === 1;
}

/** How many entries have been checked, and how many there are; null until the first were read. */
export type Progress = { entriesRead: number; ofEntries: number } | null;

/**
 * Stores that the run is alive, and its progress.
 *
 * @returns false when the run has ended, because it was given up as dead
 */
export async function updateRun(runId: string, progress: Progress): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE "audit_verification_run" SET "seen_at" = clock_timestamp(),
      "entries_read" = ${progress?.entriesRead ?? 0}, "of_entries" = ${progress?.ofEntries ?? null}
    WHERE "run_id" = ${runId}::uuid AND "ended_at" IS NULL`;
  return count === 1;
}

/**
 * Ends a run.
 *
 * @param options.failure null when it has a result
 * @returns false when it was given up as dead, or has not begun
 */
export async function endRun(
  runId: string,
  { failure, client = db() }: { failure: RunFailure | null; client?: Prisma.TransactionClient },
): Promise<boolean> {
  const count = await client.$executeRaw`
    UPDATE "audit_verification_run" SET "ended_at" = clock_timestamp(), "failure" = ${failure}
    WHERE "run_id" = ${runId}::uuid AND "ended_at" IS NULL`;
  return count === 1;
}
