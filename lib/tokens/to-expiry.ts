import { databaseNow } from "../db/database-clock.ts";
import { DAY_MS } from "./token-life.ts";

/** When a token ends that is made now, by the clock that judges it. */
export function toExpiry(lifeDays: number): Date {
  return new Date(databaseNow().getTime() + lifeDays * DAY_MS);
}
