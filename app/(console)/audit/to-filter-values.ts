import type { FilterValues } from "#components/audit/filter-fields.tsx";
import type { AuditQuery } from "./audit-query.ts";
import { toInstant, toLocalInput } from "./local-time.ts";

/** The address as the form shows it: times by the person's clock. */
export function toFilterValues(query: AuditQuery, timeZone: string): FilterValues {
  const { before: _, problem: __, channel, outcome, ...texts } = query;
  const toField = (time: string) => {
    const instant = toInstant(time, timeZone);
    return instant ? toLocalInput(instant, timeZone) : "";
  };
  return {
    ...texts,
    channel: channel ?? "",
    outcome: outcome ?? "",
    from: toField(query.from),
    to: toField(query.to),
  };
}
