import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { parseInput } from "../parse-input.ts";
import { cancelAll } from "./cancel-all.ts";
import { requireOwnSchedule } from "./require-own-schedule.ts";

const idSchema = z.uuid("This is not an id.");
const TIMEOUT_SECONDS = 20;

export const cancelWaitingSchedulesSchema = z.strictObject({
  by: z.union([
    z.strictObject({ personId: idSchema }),
    z.strictObject({ tokenId: idSchema }),
    z.strictObject({ sessionId: idSchema }),
  ]),
  reason: reasonSchema,
});

/**
 * Cancels every schedule that waits and came by a person, a token or a session, such as one that fell into
 * wrong hands. One's own, or as an admin anybody's. Takes `schedule:cancel`.
 *
 * @returns how many were cancelled, with what was to follow them
 * @throws AppError FORBIDDEN when one of them is somebody else's
 */
export async function cancelWaitingSchedules(
  actor: Actor,
  input: z.input<typeof cancelWaitingSchedulesSchema>,
): Promise<{ cancelled: number }> {
  authorize(actor, "schedule:cancel");
  const { by, reason } = parseInput(cancelWaitingSchedulesSchema, input);
  return await inAuditedTransaction(
    actor,
    async (tx) => {
      const where = "personId" in by ? { authorId: by.personId } : by;
      const schedules = await tx.db.schedule.findMany({ where: { ...where, state: "waiting" } });
      for (const schedule of schedules) requireOwnSchedule(actor, schedule);
      const ids = schedules.map(({ id }) => id);
      const ended = await cancelAll(tx, ids, {
        code: "CANCELLED",
        why: "It was cancelled.",
        reason,
      });
      return { cancelled: ended.length };
    },
    { timeoutSeconds: TIMEOUT_SECONDS },
  );
}
