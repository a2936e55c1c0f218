import type { Actor } from "../access/actor.ts";
import { deny } from "../access/authorize.ts";
import { toScheduleTarget } from "../waiting/end-schedules.ts";

/** @throws AppError FORBIDDEN for another person's schedule, unless the actor is an admin or the console */
export function requireOwnSchedule(
  actor: Actor,
  schedule: { id: string; display: string; authorId: string },
  message = "Somebody else made this schedule. They or an admin can cancel or move it.",
): void {
  if (schedule.authorId === actor.id || actor.type !== "person" || actor.role === "admin") return;
  throw deny(actor, {
    why: "not_own_schedule",
    message,
    target: toScheduleTarget(schedule),
  });
}
