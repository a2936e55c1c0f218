import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError, UnprocessableError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { toScheduleTarget } from "../waiting/end-schedules.ts";
import { createScheduleSchema } from "./create-schedule.ts";
import { toInstant } from "./local-time.ts";
import { lockSchedule } from "./lock-schedule.ts";
import { requireOwnSchedule } from "./require-own-schedule.ts";
import { requireUpcoming } from "./schedule-bounds.ts";
import {
  SCHEDULE_RECORD_INCLUDE,
  type ScheduleRecord,
  toScheduleRecord,
} from "./schedule-record.ts";

const { localTime, zone, ambiguous } = createScheduleSchema.shape;

export const moveScheduleSchema = z.strictObject({
  scheduleId: z.uuid("A schedule's id is a UUID."),
  localTime,
  /** By default the schedule's. */
  zone: zone.optional(),
  ambiguous,
  reason: reasonSchema.nullish(),
});

/**
 * Moves a schedule that waits to another time. One's own, or as an admin anybody's; not that of an approved
 * request, since the time was approved, too. Does nothing when it has that time. Takes `schedule:cancel`.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN for somebody else's, CONFLICT when it ended already, or its time was
 *   approved
 * @throws RefusedLocalTime, UnprocessableError for a time that does not exist, has passed, or is not in order
 *   with what it follows and what follows it
 */
export async function moveSchedule(
  actor: Actor,
  input: z.input<typeof moveScheduleSchema>,
): Promise<ScheduleRecord> {
  authorize(actor, "schedule:cancel", { tried: input.scheduleId });
  const { scheduleId, reason = null, ...wanted } = parseInput(moveScheduleSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const schedule = await lockSchedule(tx, scheduleId);
    requireOwnSchedule(actor, schedule);
    if (schedule.requestId) throw refuseApproved();
    const zone = wanted.zone ?? schedule.zone;
    const at = toInstant({ ...wanted, zone });
    if (at.getTime() === schedule.at.getTime() && zone === schedule.zone) {
      return toScheduleRecord(schedule);
    }
    requireUpcoming(at, { now: tx.now, path: "localTime" });
    await requireOrder(tx, { id: scheduleId, afterId: schedule.afterId, at });
    const data = { at, localTime: wanted.localTime, zone };
    const row = await tx.db.schedule.update({
      where: { id: scheduleId },
      data: { ...data, nextAttemptAt: at, attempts: 0 },
      include: SCHEDULE_RECORD_INCLUDE,
    });
    const before = { at: schedule.at.toISOString(), localTime: schedule.localTime };
    await appendEvents(tx, [
      {
        action: "schedule.moved",
        target: toScheduleTarget(schedule),
        before: { ...before, zone: schedule.zone },
        after: { ...data, at: at.toISOString() },
        reason,
      },
    ]);
    return toScheduleRecord(row);
  });
}

/** Checks that a schedule stays after the one that it follows, and before those that follow it. */
async function requireOrder(
  { db }: AuditedTransaction,
  { id, afterId, at }: { id: string; afterId: string | null; at: Date },
): Promise<void> {
  const siblings = await db.schedule.findMany({
    where: { state: "waiting", OR: [{ id: afterId ?? id, NOT: { id } }, { afterId: id }] },
  });
  for (const other of siblings) {
    const isBefore = other.id === afterId;
    if (isBefore ? other.at < at : other.at > at) continue;
    const order = isBefore ? "after" : "before";
    const message = `It has to stay ${order} “${other.display}”, which is at ${other.at.toISOString()}.`;
    throw new UnprocessableError(message, [{ path: "localTime", message }]);
  }
}

function refuseApproved(): AppError {
  const message =
    "Its time was approved with the request. Cancel it, and ask again for another time.";
  return new AppError("CONFLICT", message, [{ path: "scheduleId", message }]);
}
