import { appendEvents } from "../audit/append-events.ts";
import type { AuditAction } from "../audit/event.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { toRequestTarget } from "../flags/pending/open-request.ts";
import {
  REQUEST_RECORD_INCLUDE,
  type RequestRecord,
  type RequestState,
  toRequestRecord,
} from "../flags/pending/request-record.ts";

type End = {
  action: AuditAction & `request.${string}`;
  state: RequestState;
  /** Besides state and time. */
  data?: Prisma.ChangeRequestUncheckedUpdateInput;
  /** The words of a person who ends it. */
  reason?: string;
  /** Why it ended, where no person says it. */
  why?: string;
};

/** Ends a locked request for good, with its entry in the trail. */
export async function endRequest(
  tx: AuditedTransaction,
  request: { id: string; display: string; state: string },
  { action, state, data = {}, reason, why }: End,
): Promise<RequestRecord> {
  const row = await tx.db.changeRequest.update({
    where: { id: request.id },
    data: { state, endedAt: tx.now, ...data, ...(why === undefined ? {} : { why }) },
    include: REQUEST_RECORD_INCLUDE,
  });
  await appendEvents(tx, [
    {
      action,
      target: toRequestTarget(request),
      before: { state: request.state },
      after: { state, ...(why === undefined ? {} : { why }) },
      reason: reason ?? null,
    },
  ]);
  return toRequestRecord(row);
}
