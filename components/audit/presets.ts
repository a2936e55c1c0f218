import { toLocalSecond } from "#lib/zoned-time.ts";
import { toTimeSpan } from "./local-time.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Whole days that are often asked for: how many days ago the first and the last of them are. */
const PRESETS = {
  today: { first: 0, last: 0 },
  yesterday: { first: 1, last: 1 },
  week: { first: 6, last: 0 },
} as const;

export type Preset = { name: keyof typeof PRESETS; from: string; to: string };

/**
 * Each preset as the instants of its first and last minute by the clocks of a time zone. They are the same
 * for a colleague in another zone who gets the link.
 */
export function toPresets(now: Date, timeZone: string): Preset[] {
  const today = toLocalSecond(now.getTime(), timeZone).slice(0, "2026-11-27".length);
  const daysAgo = (days: number) => toTimeSpan(toEarlier(today, days), timeZone);
  return (Object.keys(PRESETS) as Preset["name"][]).flatMap((name) => {
    const first = daysAgo(PRESETS[name].first);
    const last = daysAgo(PRESETS[name].last);
    if (!first || !last) return [];
    const to = new Date(last.end.getTime() - MINUTE_MS).toISOString();
    return [{ name, from: first.start.toISOString(), to }];
  });
}

/** A calendar day some days before another; days of a calendar know no daylight saving. */
function toEarlier(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS)
    .toISOString()
    .slice(0, day.length);
}
