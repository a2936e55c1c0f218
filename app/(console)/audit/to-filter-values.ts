import type { FilterValues } from "#components/audit/filter-fields.tsx";
import { toLocalInput, toTimeSpan } from "#components/audit/local-time.ts";
import type { AuditQuery } from "./audit-query.ts";

const MINUTE_MS = 60_000;

/** The address as the form shows it: times are the first and last minute in the person's time zone. */
export function toFilterValues(query: AuditQuery, timeZone: string): FilterValues {
  const { before: _, problem: __, ...texts } = query;
  const from = toTimeSpan(query.from, timeZone)?.start.getTime();
  const end = toTimeSpan(query.to, timeZone)?.end.getTime();
  const toField = (instant: number | undefined) =>
    instant === undefined ? "" : toLocalInput(new Date(instant), timeZone);
  return { ...texts, from: toField(from), to: toField(end && end - MINUTE_MS) };
}
