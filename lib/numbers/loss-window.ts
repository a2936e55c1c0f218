import { databaseNow } from "../db/database-clock.ts";
import { Prisma } from "../db/generated/client.ts";

export const HOUR_MS = 3_600_000;
const DAYS_IN_A_WEEK = 7;

/** The hour that is under way. Losses are counted by whole hours, this one included. */
export function currentHour(): Date {
  return new Date(Math.floor(databaseNow().getTime() / HOUR_MS) * HOUR_MS);
}

/** The first hour of the last seven days. */
export function weekStart(): Date {
  return new Date(currentHour().getTime() - (DAYS_IN_A_WEEK * 24 - 1) * HOUR_MS);
}

/**
 * What each number lost since an hour, from the index of losses: as large as the losses are,
 * however many numbers there may be.
 */
export function lossesSince(hour: Date): Prisma.Sql {
  return Prisma.sql`(
    SELECT phone_number_id, sum(phone_less_dropped)::bigint AS lost FROM traffic_count
    WHERE hour >= ${hour} AND phone_less_dropped > 0 GROUP BY phone_number_id)`;
}
