/** What a `datetime-local` field holds. */
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;
const MINUTE_MS = 60_000;

/**
 * A time of the address: an instant such as `2026-11-22T10:00:00.000Z`, which means the same to
 * everybody who gets the link, or what a field without script sends, in the person's zone.
 *
 * @returns null for what is no time
 */
export function toInstant(text: string, timeZone: string): Date | null {
  if (!LOCAL.test(text)) return toDate(text);
  const asIfUtc = toDate(`${text}Z`);
  if (!asIfUtc) return null;
  // The offset of a moment near the wanted one, then that of the wanted one: they differ around a change of the clocks.
  const near = new Date(asIfUtc.getTime() - offsetMs(asIfUtc, timeZone));
  return new Date(asIfUtc.getTime() - offsetMs(near, timeZone));
}

/** The instant as a `datetime-local` field takes it, to the minute. */
export function toLocalInput(instant: Date, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return format.format(instant).replace(" ", "T");
}

function toDate(text: string): Date | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

function offsetMs(instant: Date, timeZone: string): number {
  const minute = Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS;
  return Date.parse(`${toLocalInput(instant, timeZone)}Z`) - minute;
}
