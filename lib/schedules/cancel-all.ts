import type { AuditedTransaction } from "../db/transaction.ts";
import { endRequests } from "../waiting/end-requests.ts";
import { type EndedSchedule, endSchedules } from "../waiting/end-schedules.ts";

/** Cancels schedules with what was to follow them; the approved requests that they carry out become void. */
export async function cancelAll(
  tx: AuditedTransaction,
  scheduleIds: readonly string[],
  { code, why, reason = null }: { code: string; why: string; reason?: string | null },
): Promise<EndedSchedule[]> {
  const ended = await endSchedules(tx, scheduleIds, { state: "cancelled", code, why, reason });
  const requestIds = ended.flatMap(({ requestId }) => requestId ?? []);
  await endRequests(tx, requestIds, {
    state: "void",
    why: `Its schedule was cancelled. ${why}`,
    reason,
  });
  return ended;
}
