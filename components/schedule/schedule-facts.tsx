import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { ScheduleAccount } from "#lib/schedules/list-schedule-accounts.ts";
import type { ScheduleRecord } from "#lib/schedules/schedule-record.ts";
import { PhoneNumber } from "../numbers/phone-number.tsx";
import { PersonFact as Fact } from "../people/person-fact.tsx";
import { ScheduleState } from "./schedule-state.tsx";
import { ScheduleTime } from "./schedule-time.tsx";

/** Everything about one schedule. */
export function ScheduleFacts({
  schedule,
  numbers,
  accounts,
  endedAt,
}: {
  schedule: ScheduleRecord;
  /** The first of its numbers; of the others it is said how many there are. */
  numbers: readonly NumberRecord[];
  accounts: readonly ScheduleAccount[];
  endedAt: ReactNode;
}) {
  const t = useTranslations("schedule");
  const { state, failure, lateHours, isBound, author, reason, ticketUrl } = schedule;
  return (
    <dl>
      <Fact name={t("factState")}>
        <ScheduleState state={state} /> {endedAt}
        {failure && <p>{failure.detail}</p>}
      </Fact>
      <Fact name={t("factTime")}>
        <ScheduleTime schedule={schedule} accounts={accounts} />
      </Fact>
      <Fact name={t("factLate")}>
        {lateHours === null ? t("lateAlways") : t("lateHours", { count: lateHours })}
      </Fact>
      <Fact name={t("factBound")}>{t(isBound ? "isBound" : "isFree")}</Fact>
      <Fact name={t(schedule.requestId ? "factApprover" : "factAuthor")}>
        <bdi>{author.name}</bdi>
      </Fact>
      <Fact name={t("factReason")}>{reason}</Fact>
      {ticketUrl && (
        <Fact name={t("factTicket")}>
          <a
            href={ticketUrl}
            rel="noreferrer"
            className="underline decoration-line-field underline-offset-3 wrap-anywhere"
          >
            {ticketUrl}
          </a>
        </Fact>
      )}
      {schedule.afterId && <Other name={t("factAfter")} id={schedule.afterId} />}
      {schedule.endsWith && <Other name={t("factEnd")} id={schedule.endsWith} />}
      <Fact name={t("factNumbers")}>
        <Numbers changes={schedule.changes} numbers={numbers} />
      </Fact>
    </dl>
  );
}

function Other({ name, id }: { name: string; id: string }) {
  const t = useTranslations("schedule");
  return (
    <Fact name={name}>
      <Link
        href={`/schedule/${id}`}
        prefetch={false}
        className="underline decoration-line-field underline-offset-3"
      >
        {t("otherSchedule")}
      </Link>
    </Fact>
  );
}

function Numbers({
  changes,
  numbers,
}: Pick<ScheduleRecord, "changes"> & { numbers: readonly NumberRecord[] }) {
  const t = useTranslations("schedule");
  const turnedOn = new Set(
    changes.filter(({ acceptsBsuid }) => acceptsBsuid).map(({ phoneNumberId }) => phoneNumberId),
  );
  const more = changes.length - numbers.length;
  return (
    <ul>
      {numbers.map(({ phoneNumberId, label, displayPhoneNumber }) => (
        <li key={phoneNumberId}>
          <Link
            href={`/numbers/${phoneNumberId}`}
            prefetch={false}
            className="wrap-anywhere underline decoration-line-field underline-offset-3"
          >
            <bdi>{label}</bdi>
          </Link>{" "}
          <PhoneNumber e164={displayPhoneNumber} />:{" "}
          {t(turnedOn.has(phoneNumberId) ? "turnOn" : "makePhoneOnly")}
        </li>
      ))}
      {more > 0 && <li>{t("moreNumbers", { count: more })}</li>}
    </ul>
  );
}
