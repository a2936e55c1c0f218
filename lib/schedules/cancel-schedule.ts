import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { parseInput } from "../parse-input.ts";
import { cancelAll } from "./cancel-all.ts";
import { lockSchedule } from "./lock-schedule.ts";
import { requireOwnSchedule } from "./require-own-schedule.ts";
import {
  SCHEDULE_RECORD_INCLUDE,
  type ScheduleRecord,
  toScheduleRecord,
} from "./schedule-record.ts";

export const cancelScheduleSchema = z.strictObject({
  scheduleId: z.uuid("A schedule's id is a UUID."),
  reason: reasonSchema.nullish(),
});

/**
 * Cancels a schedule that waits, with what was to follow it. One's own, or as an admin anybody's; the request
 * that it was to carry out becomes void. Takes `schedule:cancel`.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN for somebody else's, CONFLICT when it ended already
 */
export async function cancelSchedule(
  actor: Actor,
  input: z.input<typeof cancelScheduleSchema>,
): Promise<ScheduleRecord> {
  authorize(actor, "schedule:cancel", { tried: input.scheduleId });
  const { scheduleId, reason = null } = parseInput(cancelScheduleSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const schedule = await lockSchedule(tx, scheduleId);
    requireOwnSchedule(actor, schedule);
    await cancelAll(tx, [scheduleId], { code: "CANCELLED", why: "It was cancelled.", reason });
    const row = await tx.db.schedule.findUniqueOrThrow({
      where: { id: scheduleId },
      include: SCHEDULE_RECORD_INCLUDE,
    });
    return toScheduleRecord(row);
  });
}
