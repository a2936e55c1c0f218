import { databaseNow } from "../db/database-clock.ts";
import { DAY_MS } from "./token-life.ts";

/** When a token that is created now expires, by the database's clock. */
export function toExpiry(lifeDays: number): Date {
  return new Date(databaseNow().getTime() + lifeDays * DAY_MS);
}
