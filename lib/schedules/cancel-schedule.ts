import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
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
 * Cancels a schedule that waits, with what was to follow it: where all of them are one's own, or as an admin
 * anybody's. The request that it was to carry out becomes void. Takes `schedule:cancel`.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN for somebody else's or what somebody else has follow it, CONFLICT when it
 *   ended already
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
    for (const follower of await readFollowers(tx, scheduleId)) {
      const message = `Somebody else's schedule, ${follower.display} at ${follower.at.toISOString()}, is to follow it and would be cancelled, too. They or an admin have to cancel that one first.`;
      requireOwnSchedule(actor, follower, message);
    }
    await cancelAll(tx, [scheduleId], { code: "CANCELLED", why: "It was cancelled.", reason });
    const row = await tx.db.schedule.findUniqueOrThrow({
      where: { id: scheduleId },
      include: SCHEDULE_RECORD_INCLUDE,
    });
    return toScheduleRecord(row);
  });
}

/** What still waits for this schedule, directly or not, in the order in which it is to be carried out. */
async function readFollowers(tx: AuditedTransaction, scheduleId: string) {
  return await tx.db.$queryRaw<{ id: string; display: string; authorId: string; at: Date }[]>`
    WITH RECURSIVE follower AS (
      SELECT * FROM schedule WHERE after_id = ${scheduleId}::uuid AND state = 'waiting'
      UNION SELECT s.* FROM schedule s JOIN follower f ON s.after_id = f.id WHERE s.state = 'waiting'
    )
    SELECT id, display, author_id AS "authorId", at FROM follower ORDER BY at, id`;
}
