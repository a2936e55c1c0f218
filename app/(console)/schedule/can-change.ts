import type { PersonActor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import type { ScheduleRecord } from "#lib/schedules/schedule-record.ts";

/** Whether to offer a person to cancel or move a schedule: their own, or as an admin anybody's. */
export function canChange(actor: PersonActor, { state, author }: ScheduleRecord): boolean {
  if (state !== "waiting" || !can(actor, "schedule:cancel")) return false;
  return author.email === actor.email || actor.role === "admin";
}
