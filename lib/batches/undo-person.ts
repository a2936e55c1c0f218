import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { toPersonTarget } from "../access/targets.ts";
import { reasonSchema, ticketUrlSchema } from "../audit/reason.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { refreshRunningFeed } from "../flags/flag-feed.ts";
import { parseInput } from "../parse-input.ts";
import { applyUndo, type UndoResult } from "./apply-undo.ts";
import { personStretchSchema, planPersonUndo } from "./plan-person-undo.ts";
import { UNDO_TIMEOUT_SECONDS } from "./undo-batch.ts";

export const undoPersonSchema = personStretchSchema.extend({
  reason: reasonSchema,
  ticketUrl: ticketUrlSchema.nullish(),
  /** What the preview said. */
  expected: z.strictObject({ changes: z.int().min(0), requests: z.int().min(0) }),
});

/**
 * Undoes every change of a flag that a person made since a time, as one batch: each number whose latest change
 * is theirs, and that has not moved since, becomes what it was before their last uninterrupted changes. The others are left, and named. What
 * takes two people becomes one request. Takes `person:undo`.
 *
 * @throws AppError NOT_FOUND, or CONFLICT when it is not what the preview said any more
 */
export async function undoPerson(
  actor: Actor,
  input: z.input<typeof undoPersonSchema>,
): Promise<UndoResult> {
  authorize(actor, "person:undo", { tried: input.personId });
  const {
    personId,
    since,
    reason,
    ticketUrl = null,
    expected,
  } = parseInput(undoPersonSchema, input);
  const result = await inAuditedTransaction(
    actor,
    async (tx) => {
      const person = await tx.db.person.findUnique({ where: { id: personId } });
      if (!person) throw new AppError("NOT_FOUND", "There is no such person.");
      const stretch = { personId, since: new Date(since) };
      const { plan, view, decision } = await planPersonUndo(toPrismaRunner(tx.db), stretch);
      const isAsShown =
        decision.passed.length === expected.changes &&
        decision.needApproval.length === expected.requests;
      if (!isAsShown) throw new AppError("CONFLICT", MOVED_ON, [{ path: "", message: MOVED_ON }]);
      const entry = {
        action: "person.undone",
        target: toPersonTarget(person),
        after: { since: stretch.since.toISOString() },
      } as const;
      return await applyUndo(tx, { plan, view, reason, ticketUrl, twoPeople: "split", entry });
    },
    { timeoutSeconds: UNDO_TIMEOUT_SECONDS },
  );
  if (result.changed.length > 0) await refreshRunningFeed();
  return result;
}

const MOVED_ON =
  "Some of these numbers were changed while you were looking. Close this and look again.";
