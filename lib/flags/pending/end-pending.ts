import { appendEvents } from "../../audit/append-events.ts";
import { toPrismaRunner } from "../../db/sql-runner.ts";
import type { AuditedTransaction } from "../../db/transaction.ts";
import { type NumberMove, readPendingSet } from "./pending-set.ts";

/**
 * Ends the requests and schedules that wait for numbers that retire, or move to another account, portfolio or
 * WABA, in the transaction that moves them. For changes of flags `changeFlags` does it.
 */
export async function endPending(
  tx: AuditedTransaction,
  moves: readonly NumberMove[],
  batchId?: string,
): Promise<void> {
  if (moves.length === 0) return;
  const ids = moves.map(({ number }) => number.phoneNumberId);
  const pending = await readPendingSet(toPrismaRunner(tx.db), ids);
  const { drafts, writes } = pending.end(tx, { moves, batchId });
  for (const write of writes) await tx.db.$executeRaw(write);
  await appendEvents(tx, drafts);
}
