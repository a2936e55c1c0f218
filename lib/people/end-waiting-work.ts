import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { endWaitingOf } from "../waiting/end-waiting-of.ts";

export const endWaitingWorkSchema = z.strictObject({ personId: z.uuid(), reason: reasonSchema });

const WHY =
  "What waited in the name of a person was ended, since somebody else may have had access.";

/**
 * Withdraws the requests and cancels the schedules that wait in a person's name, as after a theft. One's own, or
 * with `person:manage` anybody's. Does nothing when nothing waits.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function endWaitingWork(
  actor: Actor,
  input: z.input<typeof endWaitingWorkSchema>,
): Promise<void> {
  if (actor.type !== "person" || actor.id !== input.personId) {
    authorize(actor, "person:manage", { tried: input.personId });
  }
  const { personId, reason } = parseInput(endWaitingWorkSchema, input);
  await inAuditedTransaction(actor, async (tx) => {
    if ((await tx.db.person.count({ where: { id: personId } })) === 0) {
      throw new AppError("NOT_FOUND", "There is no such person.");
    }
    await endWaitingOf(tx, { personId, why: WHY, reason });
  });
}
