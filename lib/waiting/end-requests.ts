import { appendEvents } from "../audit/append-events.ts";
import type { AuditedTransaction } from "../db/transaction.ts";

/** How a request ends that nobody decides any more: failed when it was to be carried out. */
export type RequestEnd = {
  state: "withdrawn" | "void" | "failed";
  why: string;
  reason?: string | null | undefined;
};

const ACTIONS = {
  withdrawn: "request.withdrawn",
  void: "request.voided",
  failed: "request.failed",
} as const;

/**
 * Ends requests that are open, or approved for a later time, each with its entry in the trail. Ignores those
 * that ended before: the caller holds the ledger, and ends the schedules of the approved ones.
 */
export async function endRequests(
  tx: AuditedTransaction,
  requestIds: readonly string[],
  { state, why, reason = null }: RequestEnd,
): Promise<void> {
  if (requestIds.length === 0) return;
  const rows = await tx.db.$queryRaw<{ id: string; display: string; before: string }[]>`
    WITH locked AS (
      SELECT id, state FROM change_request
      WHERE id = ANY(${requestIds}::uuid[]) AND ended_at IS NULL ORDER BY id FOR UPDATE
    )
    UPDATE change_request r SET state = ${state}, why = ${why}, ended_at = ${tx.now}
    FROM locked l WHERE r.id = l.id
    RETURNING r.id, r.display, l.state AS before`;
  await appendEvents(
    tx,
    rows.map(({ id, display, before }) => ({
      action: ACTIONS[state],
      target: { type: "request", id, display },
      before: { state: before },
      after: { state, why },
      reason,
    })),
  );
}
