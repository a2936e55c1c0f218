import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema, ticketUrlSchema } from "../audit/reason.ts";
import { Prisma } from "../db/generated/client.ts";
import { type SqlRunner, toPrismaRunner } from "../db/sql-runner.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import type { TwoPeople } from "../flags/change-or-request.ts";
import { refreshRunningFeed } from "../flags/flag-feed.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { parseInput } from "../parse-input.ts";
import { applyUndo, describeRuns, type UndoResult } from "./apply-undo.ts";
import { toMissingBatch } from "./missing-batch.ts";
import { planUndo, requireFew, toRuns } from "./plan-undo.ts";
import { readBatchFlips, readMoves } from "./read-flips.ts";

export const undoBatchSchema = z.strictObject({
  batchId: z.uuid("A batch's id is a UUID."),
  reason: reasonSchema,
  ticketUrl: ticketUrlSchema.nullish(),
});

/** For as many numbers as a batch may have. */
export const UNDO_TIMEOUT_SECONDS = 20;

/**
 * Undoes a batch: new changes, as a batch of their own, of each number whose latest change is of that batch
 * and that has not moved since. The others are left, and named. Takes `batch:undo`.
 *
 * @throws AppError NOT_FOUND, also for one whose entries are in an archive; CONFLICT where two people are needed
 *   and `twoPeople` is `refuse`, and for a batch that changed no flag
 */
export async function undoBatch(
  actor: Actor,
  input: z.input<typeof undoBatchSchema>,
  { twoPeople = "request" }: { twoPeople?: TwoPeople } = {},
): Promise<UndoResult> {
  authorize(actor, "batch:undo", { tried: input.batchId });
  const { batchId, reason, ticketUrl = null } = parseInput(undoBatchSchema, input);
  const result = await inAuditedTransaction(
    actor,
    async (tx) => {
      const runner = toPrismaRunner(tx.db);
      const flips = await readBatchFlips(runner, batchId);
      if (flips.length === 0) throw await toMissingBatch(tx.db, batchId);
      const runs = toRuns(flips, { moves: await readMoves(runner, flips), isOurs: () => true });
      requireFew(runs);
      const view = await readGateView(
        runner,
        runs.map(({ phoneNumberId }) => phoneNumberId),
      );
      const undoneBy = await readUndone(runner, batchId);
      const plan = planUndo(runs, { numbers: view.numbers, undoneBy });
      const target = { type: "batch", id: batchId, display: describeRuns(runs, view) } as const;
      const entry = { action: "batch.undone", target } as const;
      return await applyUndo(tx, { plan, view, reason, ticketUrl, twoPeople, entry });
    },
    { timeoutSeconds: UNDO_TIMEOUT_SECONDS },
  );
  if (result.changed.length > 0) await refreshRunningFeed();
  return result;
}

/** The revisions by which a batch was undone before. */
async function readUndone(runner: SqlRunner, batchId: string): Promise<Set<number>> {
  const rows = await runner.query<{ revision: number }>(Prisma.sql`
    SELECT flip.revision::float8 AS revision
    FROM audit_event undone JOIN audit_event flip ON flip.batch_id = undone.batch_id
    WHERE undone.target_id = ${batchId} AND undone.action = 'batch.undone'
      AND flip.revision IS NOT NULL`);
  return new Set(rows.map(({ revision }) => revision));
}
