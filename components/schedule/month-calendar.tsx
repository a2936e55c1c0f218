import type { Route } from "next";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { DayCount } from "#lib/schedules/count-schedules-by-day.ts";
import { ChevronLeft, ChevronRight } from "../ui/icons.tsx";

const DAYS_IN_WEEK = 7;

/** A month as a table of weeks: how many schedules each day has, with a link to them. */
export function MonthCalendar<Href extends string>({
  month,
  counts,
  toDayHref,
  toMonthHref,
}: {
  /** Such as `2027-03`. */
  month: string;
  counts: readonly DayCount[];
  toDayHref: (day: string) => Route<Href>;
  toMonthHref: (month: string) => Route<Href>;
}) {
  const t = useTranslations("schedule");
  const format = useFormatter();
  const first = new Date(`${month}-01T00:00Z`);
  const name = format.dateTime(first, { timeZone: "UTC", month: "long", year: "numeric" });
  const weeks = toWeeks(month);
  const byDay = new Map<string, number>();
  for (const { day, count } of counts) byDay.set(day, (byDay.get(day) ?? 0) + count);
  return (
    <section aria-labelledby="month" className="pb-4">
      <div className="flex items-center gap-2 pb-2">
        <MonthLink href={toMonthHref(moveMonth(month, -1))} name={t("previousMonth")}>
          <ChevronLeft aria-hidden className="size-4" />
        </MonthLink>
        <h2 id="month" className="min-w-36 text-center font-semibold">
          {name}
        </h2>
        <MonthLink href={toMonthHref(moveMonth(month, 1))} name={t("nextMonth")}>
          <ChevronRight aria-hidden className="size-4" />
        </MonthLink>
      </div>
      <table aria-labelledby="month" className="w-full max-w-xl table-fixed border tabular-nums">
        <thead>
          <tr>
            {(weeks[1] ?? []).map((day) => (
              <th key={day} scope="col" className="border-b py-1 text-meta font-medium text-muted">
                {format.dateTime(new Date(`${day}T00:00Z`), { timeZone: "UTC", weekday: "short" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} className="h-12 border p-1 align-top text-meta">
                  {day.startsWith(month) && (
                    <Day day={day} count={byDay.get(day) ?? 0} href={toDayHref(day)} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Day<Href extends string>({
  day,
  count,
  href,
}: {
  day: string;
  count: number;
  href: Route<Href>;
}) {
  const t = useTranslations("schedule");
  const number = Number(day.slice(-2));
  if (count === 0) return <span className="text-muted">{number}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      className="flex min-h-6 flex-col font-medium hover:underline"
    >
      <span>{number}</span>
      <span className="sr-only">: </span>
      <span className="font-semibold">
        {count} <span className="sr-only">{t("ofDay", { count })}</span>
      </span>
    </Link>
  );
}

function MonthLink<Href extends string>({
  href,
  name,
  children,
}: {
  href: Route<Href>;
  name: string;
  children: React.ReactNode;
}) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={name}
      className="inline-flex size-8 items-center justify-center rounded-control border hover:bg-hover"
    >
      {children}
    </Link>
  );
}

function moveMonth(month: string, by: number): string {
  const date = new Date(`${month}-01T00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + by);
  return date.toISOString().slice(0, month.length);
}

/** The days of a month's weeks, from Monday on; with those of the months beside it that fill them. */
function toWeeks(month: string): string[][] {
  const date = new Date(`${month}-01T00:00Z`);
  date.setUTCDate(1 - ((date.getUTCDay() + DAYS_IN_WEEK - 1) % DAYS_IN_WEEK));
  const weeks: string[][] = [];
  while (weeks.length === 0 || date.toISOString().startsWith(month)) {
    const week = Array.from({ length: DAYS_IN_WEEK }, () => {
      const day = date.toISOString().slice(0, "2027-03-01".length);
      date.setUTCDate(date.getUTCDate() + 1);
      return day;
    });
    weeks.push(week);
  }
  return weeks;
}
