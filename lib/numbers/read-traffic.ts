import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";
import { currentHour, HOUR_MS } from "./loss-window.ts";
import { phoneNumberIdSchema } from "./phone-number-id.ts";

/** A number's messages of one calendar day. */
export type TrafficDay = {
  /** Such as `2026-11-22`, in the requested time zone. */
  date: string;
  /** Dropped messages of phone-less customers. */
  lost: number;
  /** Accepted messages of phone-less customers. */
  accepted: number;
  /** Messages of customers with a phone, to whom the flag does not apply. */
  withPhone: number;
  unidentified: number;
};

const inputSchema = z.strictObject({
  phoneNumberId: phoneNumberIdSchema,
  timeZone: z.string(),
  days: z.int().min(1).max(31),
});

/**
 * Reads what runtimes reported about one number for each of the last days, today last. In a time zone that
 * is not whole hours from UTC, an hour that two days share counts for the first. Takes `number:read`.
 */
export async function readTraffic(
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<TrafficDay[]> {
  authorize(actor, "number:read");
  const { phoneNumberId, timeZone, days } = parseInput(inputSchema, input);
  // PostgreSQL and JavaScript know different time zones: so group hours into days here.
  const { format } = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const hours = listHours(days);
  const dates = [...new Set(hours.map((hour) => format(hour)))].slice(-days);
  const traffic = new Map(dates.map((date) => [date, emptyDay(date)]));
  const today = traffic.get(dates.at(-1) ?? "");
  const rows = await db().trafficCount.findMany({
    where: { phoneNumberId, hour: { gte: hours[0] ?? currentHour() } },
  });
  for (const row of rows) {
    const date = format(row.hour);
    // A runtime's clock may be an hour ahead, and so in the next day.
    const day = traffic.get(date) ?? (row.hour > currentHour() ? today : undefined);
    if (!day) continue;
    day.lost += Number(row.phoneLessDropped);
    day.accepted += Number(row.phoneLessAccepted);
    day.withPhone += Number(row.phoneAndBsuid + row.legacy);
    day.unidentified += Number(row.unidentified);
  }
  return [...traffic.values()];
}

/** Hours up to the current one, oldest first; one day more than asked, for incomplete days. */
function listHours(days: number): Date[] {
  const last = currentHour().getTime();
  const count = (days + 1) * 24;
  return Array.from({ length: count }, (_, index) => {
    return new Date(last - (count - 1 - index) * HOUR_MS);
  });
}

function emptyDay(date: string): TrafficDay {
  return { date, lost: 0, accepted: 0, withPhone: 0, unidentified: 0 };
}
