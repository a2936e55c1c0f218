import { databaseNow } from "../db/database-clock.ts";
import { Prisma } from "../db/generated/client.ts";

export const HOUR_MS = 3_600_000;
const DAYS_IN_A_WEEK = 7;

/** The beginning of the current hour. Losses are counted by hours, including the current one. */
export function currentHour(): Date {
  return new Date(Math.floor(databaseNow().getTime() / HOUR_MS) * HOUR_MS);
}

/** The first hour of the last seven days. */
export function weekStart(): Date {
  return new Date(currentHour().getTime() - (DAYS_IN_A_WEEK * 24 - 1) * HOUR_MS);
}

/**
 * A subquery for what each number lost since an hour. It reads the index of losses, so that its cost grows
 * with the losses and not the numbers.
 */
export function lossesSince(hour: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT phone_number_id, sum(phone_less_dropped)::bigint AS lost FROM traffic_count
    WHERE hour >= ${hour} AND phone_less_dropped > 0 GROUP BY phone_number_id)`;
}
