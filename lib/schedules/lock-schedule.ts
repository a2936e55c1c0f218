import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { SCHEDULE_RECORD_INCLUDE, toScheduleRecord } from "./schedule-record.ts";

/**
 * Locks a schedule that still waits. The ledger is locked already, as it is when one is carried out, so that
 * whoever is second sees what the first one did.
 *
 * @throws AppError NOT_FOUND, CONFLICT that says what became of it
 */
export async function lockSchedule(tx: AuditedTransaction, scheduleId: string) {
  await tx.db.$queryRaw`SELECT FROM schedule WHERE id = ${scheduleId}::uuid FOR UPDATE`;
  const row = await tx.db.schedule.findUnique({
    where: { id: scheduleId },
    include: SCHEDULE_RECORD_INCLUDE,
  });
  if (!row) throw new AppError("NOT_FOUND", "There is no such schedule.");
  const { state, failure } = toScheduleRecord(row);
  if (state === "waiting") return row;
  const ends = {
    done: "It was carried out already. Undo that instead.",
    failed: `It failed already. ${failure?.detail ?? ""}`.trim(),
    cancelled: "It was cancelled already.",
  };
  throw new AppError("CONFLICT", ends[state], [{ path: "scheduleId", message: ends[state] }]);
}
