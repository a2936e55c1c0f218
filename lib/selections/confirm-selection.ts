import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema, ticketUrlSchema } from "../audit/reason.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { changeOrRequest } from "../flags/change-or-request.ts";
import { refreshRunningFeed } from "../flags/flag-feed.ts";
import { parseInput } from "../parse-input.ts";
import { planSelection } from "./plan-selection.ts";
import { requireKept, requireMaker, selectionIdSchema } from "./selection-record.ts";

export const confirmSelectionSchema = z.strictObject({
  selectionId: selectionIdSchema,
  reason: reasonSchema,
  ticketUrl: ticketUrlSchema.nullish(),
  /** What the review said: how many numbers change, and how many the request names. */
  expected: z.strictObject({ changes: z.int().min(0), requests: z.int().min(0) }),
});

/** What confirming made: a batch, a request, or both. */
export type ConfirmedSelection = {
  batchId: string | null;
  requestId: string | null;
  /** False when it was confirmed before, and this is what it made then. */
  isNew: boolean;
};

/** For 10,000 numbers. */
const TIMEOUT_SECONDS = 20;

/**
 * Confirms a selection: changes what one person may change, as one batch, and opens one request for what takes
 * two: both, or neither. What changed since it was selected is left. Confirmed again it answers what was made
 * the first time. For who made it. Takes `flag:set`.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN, RATE_LIMITED, or CONFLICT when it does not do what the review said any more
 */
export async function confirmSelection(
  actor: Actor,
  input: z.input<typeof confirmSelectionSchema>,
): Promise<ConfirmedSelection> {
  authorize(actor, "flag:set", { tried: input.selectionId });
  const parsed = parseInput(confirmSelectionSchema, input);
  const confirmed = await inAuditedTransaction(actor, (tx) => confirm(tx, parsed), {
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  if (confirmed.isNew && confirmed.batchId !== null) await refreshRunningFeed();
  return confirmed;
}

async function confirm(
  tx: AuditedTransaction,
  { selectionId, reason, ticketUrl, expected }: z.output<typeof confirmSelectionSchema>,
): Promise<ConfirmedSelection> {
  const selection = await lockSelection(tx, selectionId);
  const { confirmedAt, batchId, requestId } = selection;
  if (confirmedAt) return { batchId, requestId, isNew: false };
  const items = await tx.db.selectionItem.findMany({
    where: { selectionId },
    orderBy: { place: "asc" },
  });
  const runner = toPrismaRunner(tx.db);
  const { decision } = await planSelection(runner, { ...selection, items });
  const { passed, needApproval } = decision;
  const isAsShown = passed.length === expected.changes && needApproval.length === expected.requests;
  if (!isAsShown) throw toConflict(MOVED_ON);
  if (passed.length + needApproval.length === 0) throw toConflict(NOTHING);
  const why = { reason, ticketUrl: ticketUrl ?? null, batchId: uuidv7() };
  const { changed, request } = await changeOrRequest(tx, decision, { ...why, twoPeople: "split" });
  const made = {
    batchId: changed.length > 0 ? why.batchId : null,
    requestId: request?.id ?? null,
  };
  await tx.db.selection.update({
    where: { id: selectionId },
    data: { ...made, confirmedAt: tx.now },
  });
  return { ...made, isNew: true };
}

async function lockSelection(tx: AuditedTransaction, id: string) {
  await tx.db.$queryRaw`SELECT FROM selection WHERE id = ${id}::uuid FOR UPDATE`;
  const selection = requireKept(await tx.db.selection.findUnique({ where: { id } }), tx.now);
  requireMaker(tx.actor, selection);
  return selection;
}

const MOVED_ON =
  "Some of these numbers, or a rule for their account, changed while you were looking. Close this and look again.";
const NOTHING = "There is nothing to change in this selection.";

function toConflict(message: string): AppError {
  return new AppError("CONFLICT", message, [{ path: "", message }]);
}
