import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";
import { storedTime } from "../stored-time.ts";
import { timeZoneSchema } from "../time-zone.ts";
import { SCHEDULE_STATES, type ScheduleState } from "./schedule-record.ts";

const countSchema = z.strictObject({
  from: storedTime(),
  to: storedTime(),
  zone: timeZoneSchema,
  state: z.enum(SCHEDULE_STATES).optional(),
});

/** How many schedules there are of a state on a day, such as `2027-03-01`, by the clocks of a zone. */
export type DayCount = { day: string; state: ScheduleState; count: number };

/** Counts the schedules of a time by day and state. Takes `desk:read`. */
export async function countSchedulesByDay(
  actor: Actor,
  input: z.input<typeof countSchema>,
): Promise<DayCount[]> {
  authorize(actor, "desk:read");
  const { from, to, zone, state } = parseInput(countSchema, input);
  const rows = await db().schedule.groupBy({
    by: ["at", "state"],
    where: { at: { gte: from, lt: to }, ...(state === undefined ? {} : { state }) },
    _count: true,
  });
  const counts = new Map<string, DayCount>();
  // What the clocks show is decided by one library: Intl's zones, not the database's.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  for (const row of rows) {
    const day = format.format(row.at);
    const key = `${day} ${row.state}`;
    const count = (counts.get(key)?.count ?? 0) + row._count;
    // The database checks the state.
    counts.set(key, { day, state: row.state as ScheduleState, count });
  }
  return [...counts.values()];
}
