import { useFormatter, useNow, useTimeZone } from "next-intl";
import type { ReactNode } from "react";
import type { AuditEvent } from "#lib/audit/event.ts";
import { toLocalSecond } from "#lib/zoned-time.ts";
import { groupByDay } from "./group-by-day.ts";

/** Entries of the trail under the days they happened on, in the reader's time zone. */
export function DayHeadings({
  events,
  children,
}: {
  events: readonly AuditEvent[];
  /** The list items of a day. */
  children: (events: AuditEvent[]) => ReactNode;
}) {
  const timeZone = useTimeZone() ?? "UTC";
  return (
    <div className="bleed @container">
      {groupByDay(events, timeZone).map(({ day, events: ofDay }) => (
        <div key={ofDay[0]?.id}>
          <h3 className="z-5 flex min-h-8 items-center border-b bg-canvas px-page text-meta font-medium text-muted rail:sticky rail:top-14">
            <DayName day={day} timeZone={timeZone} />
          </h3>
          <ol>{children(ofDay)}</ol>
        </div>
      ))}
    </div>
  );
}

/** A day in words, with its year unless that is the present one. */
function DayName({ day, timeZone }: { day: string; timeZone: string }) {
  const format = useFormatter();
  const now = toLocalSecond(useNow().getTime(), timeZone);
  const isThisYear = day.slice(0, 4) === now.slice(0, 4);
  // A day has no zone: read as UTC and written as UTC, it stays the day it is.
  return format.dateTime(new Date(`${day}T00:00:00Z`), {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
}
