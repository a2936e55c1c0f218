import type { AuditedTransaction } from "../db/transaction.ts";
import { endRequests } from "./end-requests.ts";
import { endSchedules } from "./end-schedules.ts";

/**
 * Ends everything that still waits in a person's name: cancels their schedules and withdraws their requests;
 * requests of others that they approved for later become void.
 */
export async function endWaitingOf(
  tx: AuditedTransaction,
  { personId, why, reason }: { personId: string; why: string; reason: string | null },
): Promise<void> {
  const requests = await tx.db.changeRequest.findMany({
    where: {
      endedAt: null,
      OR: [{ requestedById: personId }, { state: "scheduled", decidedById: personId }],
    },
    select: { id: true, requestedById: true },
  });
  const requestIds = requests.map(({ id }) => id);
  const ownIds = requests.filter((one) => one.requestedById === personId).map(({ id }) => id);
  const schedules = await tx.db.schedule.findMany({
    where: { state: "waiting", OR: [{ authorId: personId }, { requestId: { in: requestIds } }] },
    select: { id: true },
  });
  const scheduleIds = schedules.map(({ id }) => id);
  await endRequests(tx, ownIds, { state: "withdrawn", why, reason });
  await endRequests(tx, requestIds, { state: "void", why, reason });
  const end = { state: "cancelled", code: "NOT_PERMITTED", why, reason } as const;
  await endSchedules(tx, scheduleIds, end);
}
