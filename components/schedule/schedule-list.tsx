import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ScheduleAccount } from "#lib/schedules/list-schedule-accounts.ts";
import type { ScheduleRecord } from "#lib/schedules/schedule-record.ts";
import { ScheduleState } from "./schedule-state.tsx";
import { ScheduleTime } from "./schedule-time.tsx";

/** Schedules under the days on which they are carried out, by the clocks of whoever looks. */
export function ScheduleList({
  schedules,
  accounts,
  toButtons,
}: {
  schedules: readonly ScheduleRecord[];
  accounts: ReadonlyMap<string, ScheduleAccount[]>;
  toButtons: (schedule: ScheduleRecord) => ReactNode;
}) {
  const format = useFormatter();
  const days = new Map<string, ScheduleRecord[]>();
  for (const schedule of schedules) {
    const day = format.dateTime(new Date(schedule.at), { dateStyle: "full" });
    days.set(day, [...(days.get(day) ?? []), schedule]);
  }
  return [...days].map(([day, ofDay]) => (
    <section key={day} className="pb-4">
      <h2 className="border-b pb-1 font-semibold">{day}</h2>
      <ul>
        {ofDay.map((schedule) => (
          <li
            key={schedule.id}
            className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b py-2"
          >
            <ScheduleLine schedule={schedule} accounts={accounts.get(schedule.id) ?? []} />
            {toButtons(schedule)}
          </li>
        ))}
      </ul>
    </section>
  ));
}

function ScheduleLine({
  schedule,
  accounts,
}: {
  schedule: ScheduleRecord;
  accounts: readonly ScheduleAccount[];
}) {
  const t = useTranslations("schedule");
  const { id, title, state, author, reason, failure, requestId } = schedule;
  return (
    <div className="min-w-56 flex-1 wrap-anywhere">
      <p>
        <Link href={`/schedule/${id}`} prefetch={false} className="font-medium hover:underline">
          <bdi>{title}</bdi>
        </Link>
      </p>
      <ScheduleTime schedule={schedule} accounts={accounts} />
      <p className="text-muted">
        {t(requestId ? "approvedBy" : "by", { name: author.name, reason })}
      </p>
      <ScheduleState state={state} />
      {failure && <p className="text-muted">{failure.detail}</p>}
    </div>
  );
}
