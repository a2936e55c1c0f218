import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import type { ScheduleAccount } from "#lib/schedules/list-schedule-accounts.ts";
import type { ScheduleRecord } from "#lib/schedules/schedule-record.ts";
import { toLocalText } from "../local-text.ts";

/** When a schedule is carried out: as it was given, and by the clocks of whoever looks and of its accounts. */
export function ScheduleTime({
  schedule: { at, zone, localTime },
  accounts,
}: {
  schedule: Pick<ScheduleRecord, "at" | "zone" | "localTime">;
  accounts: readonly ScheduleAccount[];
}) {
  const t = useTranslations("schedule");
  const format = useFormatter();
  const ownZone = useTimeZone() ?? "UTC";
  const toTime = (timeZone: string) =>
    format.dateTime(new Date(at), { timeZone, dateStyle: "medium", timeStyle: "short" });
  const shown = new Map([[zone, t("timeIn", { time: toLocalText(localTime, format), zone })]]);
  if (!shown.has(ownZone)) shown.set(ownZone, t("ownTime", { time: toTime(ownZone) }));
  for (const { name, zone: accountZone } of accounts) {
    if (accountZone === null || shown.has(accountZone)) continue;
    shown.set(accountZone, t("accountTime", { account: name, time: toTime(accountZone) }));
  }
  return (
    <ul className="tabular-nums">
      {[...shown].map(([key, text], index) => (
        <li key={key} className={index === 0 ? "" : "text-muted"}>
          {text}
        </li>
      ))}
    </ul>
  );
}
