import { databaseNow } from "../../db/database-clock.ts";

const ALL_KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Whether heads of that time are kept but for the last of each day: see `thinHeads`. */
export function areThinned(signedAt: Date): boolean {
  const day = new Date(signedAt.toISOString().slice(0, 10));
  return day.getTime() + (ALL_KEPT_DAYS + 1) * DAY_MS <= databaseNow().getTime();
}

/** The end of that day, in UTC. */
export function endOfDay(signedAt: Date): Date {
  return new Date(new Date(signedAt.toISOString().slice(0, 10)).getTime() + DAY_MS);
}
