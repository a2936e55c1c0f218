import { appendEvents } from "../audit/append-events.ts";
import type { AuditTarget } from "../audit/event.ts";
import type { AuditedTransaction } from "../db/transaction.ts";

/** How schedules end that were not carried out. */
export type ScheduleEnd = {
  state: "cancelled" | "failed";
  /** What programs branch on. */
  code: string;
  /** Why, in words. */
  why: string;
  /** The words of the person who ends them. */
  reason?: string | null | undefined;
};

/** A schedule that ended; `isNamed` is false for one that only followed another. */
export type EndedSchedule = {
  id: string;
  display: string;
  requestId: string | null;
  isNamed: boolean;
};

/**
 * Ends schedules that still wait, and cancels what was to follow them, each with its entry in the trail.
 * Ignores those that ended before: the caller holds the ledger, so that what it read is still true.
 */
export async function endSchedules(
  tx: AuditedTransaction,
  scheduleIds: readonly string[],
  { state, code, why, reason = null }: ScheduleEnd,
): Promise<EndedSchedule[]> {
  if (scheduleIds.length === 0) return [];
  const followerWhy = `What it was to follow was ${state === "failed" ? "not carried out" : "cancelled"}. ${why}`;
  const rows = await tx.db.$queryRaw<EndedSchedule[]>`
    WITH RECURSIVE named AS (
      SELECT id FROM schedule WHERE id = ANY(${scheduleIds}::uuid[]) AND state = 'waiting'
    ), ending AS (
      SELECT id FROM named
      UNION SELECT s.id FROM schedule s JOIN ending e ON s.after_id = e.id WHERE s.state = 'waiting'
    ), locked AS (
      SELECT s.id, s.id IN (SELECT id FROM named) AS is_named FROM schedule s
      WHERE s.id IN (SELECT id FROM ending) ORDER BY s.id FOR UPDATE
    )
    UPDATE schedule s SET ended_at = ${tx.now},
      state = CASE WHEN l.is_named THEN ${state} ELSE 'cancelled' END,
      failure_code = CASE WHEN l.is_named THEN ${code} ELSE 'FIRST_HALF' END,
      failure_detail = CASE WHEN l.is_named THEN ${why} ELSE ${followerWhy} END
    FROM locked l WHERE s.id = l.id
    RETURNING s.id, s.display, s.request_id AS "requestId", l.is_named AS "isNamed"`;
  const drafts = rows
    .sort(
      (one, other) => Number(other.isNamed) - Number(one.isNamed) || (one.id < other.id ? -1 : 1),
    )
    .map((row) => {
      const end = row.isNamed ? state : "cancelled";
      return {
        action: `schedule.${end}` as const,
        target: toScheduleTarget(row),
        before: { state: "waiting" },
        after: row.isNamed
          ? { state: end, code, why }
          : { state: end, code: "FIRST_HALF", why: followerWhy },
        reason,
      };
    });
  await appendEvents(tx, drafts);
  return rows;
}

/** How the trail names a schedule. */
export function toScheduleTarget({ id, display }: { id: string; display: string }): AuditTarget {
  return { type: "schedule", id, display };
}
