import { findInstants, findSkip } from "#lib/zoned-time.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The formats of a date field, a `datetime-local` field, and an instant in a link. */
const DAY = /^\d{4}-\d\d-\d\d$/;
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;
const INSTANT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)$/;

/** A range of instants, without `end` itself. */
export type TimeSpan = { start: Date; end: Date };

/**
 * The time span that a text in the address or a field names: a day `2026-11-22` or a minute
 * `2026-11-22T10:00` in the zone, or the minute of an instant `2026-11-22T10:00:00.000Z`, which is the
 * same for everybody who gets the link. Seconds are ignored: people read and set minutes.
 *
 * When clocks go back, a repeated time spans from its first start to its second end; when they go
 * forward, a skipped time is the moment of the change.
 *
 * @returns null for an invalid time, or a year that local times cannot write with four digits
 */
export function toTimeSpan(text: string, timeZone: string): TimeSpan | null {
  const span = readSpan(text, timeZone);
  const isKnown = span !== null && !Number.isNaN(span.start.getTime() + span.end.getTime());
  return isKnown ? span : null;
}

function readSpan(text: string, timeZone: string): TimeSpan | null {
  if (DAY.test(text)) return toDaySpan(text, timeZone);
  if (LOCAL.test(text)) return toLocalMinute(text, timeZone);
  const [, local = ""] = INSTANT.exec(text) ?? [];
  const instant = toUtc(local) === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(instant) ? null : toMinute(instant, instant);
}

/** An instant as a `datetime-local` field takes it, to the minute. */
export function toLocalInput(instant: Date, timeZone: string): string {
  // Swedish dates have the format of ISO 8601.
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return format.format(instant).replace(" ", "T");
}

function toDaySpan(day: string, timeZone: string): TimeSpan | null {
  const midnight = toUtc(`${day}T00:00`);
  if (midnight === null) return null;
  const start = toInstants(midnight, timeZone)[0];
  const end = toInstants(midnight + DAY_MS, timeZone)[0];
  return { start: new Date(start), end: new Date(end) };
}

function toLocalMinute(text: string, timeZone: string): TimeSpan | null {
  const local = toUtc(text.slice(0, "2026-11-22T10:00".length));
  if (local === null || toUtc(text) === null) return null;
  const [first, last, isLeftOut] = toInstants(local, timeZone);
  return isLeftOut ? { start: new Date(first), end: new Date(last) } : toMinute(first, last);
}

function toMinute(first: number, last: number): TimeSpan {
  const floor = (instant: number) => Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  return { start: new Date(floor(first)), end: new Date(floor(last) + MINUTE_MS) };
}

/**
 * The first and the last instant at which clocks of the zone show a time; for a skipped time, the moment
 * of the change.
 */
function toInstants(
  local: number,
  timeZone: string,
): [first: number, last: number, isLeftOut: boolean] {
  const instants = findInstants(local, timeZone);
  const [first, last = first] = instants;
  if (first !== undefined && last !== undefined) return [first, last, false];
  const skip = findSkip(local, timeZone);
  return [skip, skip, true];
}

/** The local time read as UTC; null for one that no calendar has, such as 30 February. */
function toUtc(local: string): number | null {
  const utc = Date.parse(`${local}Z`);
  if (Number.isNaN(utc)) return null;
  return new Date(utc).toISOString().startsWith(local.slice(0, "2026-11-22T10:00".length))
    ? utc
    : null;
}
