import type { AuditedTransaction } from "../db/transaction.ts";
import { endSchedules, type ScheduleEnd } from "../waiting/end-schedules.ts";

/**
 * Ends the schedules that wait to carry out these requests, and what follows those, because the requests ended
 * before. Whoever calls it has locked the requests, and ends them.
 */
export async function endSchedulesOf(
  tx: AuditedTransaction,
  requestIds: readonly string[],
  end: ScheduleEnd,
): Promise<void> {
  const rows = await tx.db.schedule.findMany({
    where: { requestId: { in: [...requestIds] }, state: "waiting" },
    select: { id: true },
  });
  await endSchedules(
    tx,
    rows.map(({ id }) => id),
    end,
  );
}
