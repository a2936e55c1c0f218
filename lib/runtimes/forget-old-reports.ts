import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { withOwnQueryLimit } from "../db/query-limit.ts";
import { KEPT_FOR } from "../kept-for.ts";

/** How many rows of each kind were deleted; null when another console is doing it. */
export type Forgotten = { counts: number; receipts: number; instances: number } | null;

/**
 * Deletes old reports: hourly counts after 13 months, receipts after two days (no retry comes later),
 * instances and refused reports a week after the last one. One console at a time. Takes `report:forget`,
 * which only the console itself has.
 */
export async function forgetOldReports(actor: Actor): Promise<Forgotten> {
  authorize(actor, "report:forget");
  return await withOwnQueryLimit((limit) =>
    db().$transaction(async (tx) => {
      limit.milliseconds = TIMING.timeout;
      // A lock of the transaction: one of the session would stay in the pool.
      const [turn] = await tx.$queryRaw<{ is_ours: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtext('bsuid-console old reports')) AS is_ours`;
      if (!turn?.is_ours) return null;
      const counts = await tx.$executeRaw`
      DELETE FROM traffic_count WHERE hour < now() - make_interval(months => ${KEPT_FOR.traffic_count.months}::int)`;
      const receipts = await tx.$executeRaw`
      DELETE FROM report_receipt WHERE received_at < now() - make_interval(days => ${KEPT_FOR.report_receipt.days}::int)`;
      const instances = await tx.$executeRaw`
      DELETE FROM runtime_instance WHERE last_heard_at < now() - make_interval(days => ${KEPT_FOR.runtime_instance.days}::int)`;
      await tx.$executeRaw`
      DELETE FROM refused_report WHERE last_at < now() - make_interval(days => ${KEPT_FOR.refused_report.days}::int)`;
      return { counts, receipts, instances };
    }, TIMING),
  );
}

const TIMING = { maxWait: 10_000, timeout: 120_000 };
