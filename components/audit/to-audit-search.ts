import { toTimeSpan } from "./local-time.ts";

const MINUTE_MS = 60_000;

/**
 * The form as the address's query, without fields that are not set. Times become the instants of the
 * first and last minute, so that a colleague in another zone who gets the link sees the same entries.
 *
 * @param timeZone the zone of the times in the form
 */
export function toAuditSearch(form: FormData, timeZone: string): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of form) {
    if (typeof value !== "string" || value.trim() === "") continue;
    params.set(name, toParameter(name, value.trim(), timeZone));
  }
  return params;
}

/** Keeps an invalid time as it is: the page says so. */
function toParameter(name: string, value: string, timeZone: string): string {
  if (name !== "from" && name !== "to") return value;
  const span = toTimeSpan(value, timeZone);
  if (!span) return value;
  return name === "from"
    ? span.start.toISOString()
    : new Date(span.end.getTime() - MINUTE_MS).toISOString();
}
