import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import {
  SCHEDULE_RECORD_INCLUDE,
  type ScheduleRecord,
  toScheduleRecord,
} from "./schedule-record.ts";

/**
 * Gets one schedule, whatever became of it. Takes `desk:read`.
 *
 * @throws AppError NOT_FOUND, or INVALID_INPUT for a malformed id
 */
export async function getSchedule(actor: Actor, scheduleId: string): Promise<ScheduleRecord> {
  authorize(actor, "desk:read");
  const id = parseInput(z.uuid("A schedule's id is a UUID."), scheduleId);
  const row = await db().schedule.findUnique({
    where: { id },
    include: SCHEDULE_RECORD_INCLUDE,
  });
  if (row) return toScheduleRecord(row);
  throw new AppError("NOT_FOUND", "There is no such schedule.");
}
