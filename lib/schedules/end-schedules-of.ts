import { appendEvents } from "../audit/append-events.ts";
import type { AuditedTransaction } from "../db/transaction.ts";

type End = { state: "cancelled" | "failed"; code: string; why: string };

/**
 * Ends the schedules that wait to carry out these requests, and what follows those, because the requests ended
 * before. Whoever calls it has locked the requests, and ends them.
 */
export async function endSchedulesOf(
  tx: AuditedTransaction,
  requestIds: readonly string[],
  { state, code, why }: End,
): Promise<void> {
  const rows = await tx.db.$queryRaw<{ id: string; display: string; isFirst: boolean }[]>`
    WITH RECURSIVE ended AS (
      SELECT id, true AS is_first FROM schedule
      WHERE request_id = ANY(${requestIds}::uuid[]) AND state = 'waiting'
      UNION
      SELECT s.id, false FROM schedule s JOIN ended e ON s.after_id = e.id WHERE s.state = 'waiting'
    )
    UPDATE schedule s SET state = CASE WHEN e.is_first THEN ${state} ELSE 'cancelled' END,
      failure_code = ${code}, failure_detail = ${why}, ended_at = ${tx.now}
    FROM ended e WHERE s.id = e.id
    RETURNING s.id, s.display, e.is_first AS "isFirst"`;
  await appendEvents(
    tx,
    rows.map(({ id, display, isFirst }) => {
      const end = isFirst ? state : "cancelled";
      return {
        action: `schedule.${end}` as const,
        target: { type: "schedule", id, display },
        before: { state: "waiting" },
        after: { state: end, code, why },
      };
    }),
  );
}
