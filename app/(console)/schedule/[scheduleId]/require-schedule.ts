import { notFound } from "next/navigation";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { AppError } from "#lib/errors.ts";
import { getSchedule } from "#lib/schedules/get-schedule.ts";
import type { ScheduleRecord } from "#lib/schedules/schedule-record.ts";

/** The schedule that this page shows, read once per request. An unknown or malformed id shows the not-found page. */
export const requireSchedule = cache(
  async (actor: Actor, scheduleId: string): Promise<ScheduleRecord> => {
    try {
      return await getSchedule(actor, scheduleId);
    } catch (error) {
      const isAbsent =
        error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID_INPUT");
      if (isAbsent) notFound();
      throw error;
    }
  },
);
