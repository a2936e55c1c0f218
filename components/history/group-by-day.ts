import type { AuditEvent } from "#lib/audit/event.ts";
import { toLocalSecond } from "#lib/zoned-time.ts";

/** The entries of a day, in the order they were given in. */
export type Day = { day: string; events: AuditEvent[] };

/**
 * Entries under the day they happened on, such as `2026-11-26`, by the clocks of a time zone. The order
 * of the trail is kept: a day comes again where the clocks of two servers disagree around midnight.
 */
export function groupByDay(events: readonly AuditEvent[], timeZone: string): Day[] {
  const days: Day[] = [];
  for (const event of events) {
    const day = toLocalSecond(Date.parse(event.occurredAt), timeZone).slice(0, "2026-11-26".length);
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}
