import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize, deny } from "../access/authorize.ts";
import { requireBrowserSession } from "../access/require-browser-session.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";

export const reviewForcedChangeSchema = z.strictObject({
  batchId: z.uuid(),
  /** What the reviewer found. */
  review: reasonSchema,
});

/**
 * Marks a forced change as reviewed. For another admin than the one who forced it, in a browser session.
 *
 * @throws AppError FORBIDDEN; NOT_FOUND; CONFLICT when somebody has reviewed it already
 */
export async function reviewForcedChange(
  actor: Actor,
  input: z.input<typeof reviewForcedChangeSchema>,
): Promise<void> {
  authorize(actor, "flag:force-review");
  const { batchId, review } = parseInput(reviewForcedChangeSchema, input);
  const person = requireBrowserSession(actor, "Reviewing a forced change");
  await inAuditedTransaction(actor, async (tx) => {
    const forced = await tx.db.forcedChange.findUnique({
      where: { batchId },
      include: { reviewedBy: { select: { name: true } } },
    });
    if (!forced) throw new AppError("NOT_FOUND", `No forced change has the batch id ${batchId}.`);
    const target = { type: "batch", id: batchId, display: forced.display } as const;
    if (forced.forcedById === person.id) {
      const message = "You made this change. Another admin has to review it.";
      throw deny(actor, { message, why: "own forced change", target });
    }
    if (forced.reviewedBy) {
      throw new AppError("CONFLICT", `${forced.reviewedBy.name} has reviewed this change already.`);
    }
    await tx.db.forcedChange.update({
      where: { batchId },
      data: { reviewedById: person.id, reviewedAt: tx.now, review },
    });
    const after = { forcedById: forced.forcedById };
    await appendEvents(tx, [
      { action: "flag.force_reviewed", target, before: null, after, reason: review, batchId },
    ]);
  });
}
