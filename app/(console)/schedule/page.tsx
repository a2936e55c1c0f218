import type { Metadata } from "next";
import { getNow, getTimeZone, getTranslations } from "next-intl/server";
import { MonthCalendar } from "#components/schedule/month-calendar.tsx";
import { CancelAllButton, CreateButton } from "#components/schedule/schedule-buttons.tsx";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { countSchedulesByDay } from "#lib/schedules/count-schedules-by-day.ts";
import { listScheduleAccounts } from "#lib/schedules/list-schedule-accounts.ts";
import { listSchedules } from "#lib/schedules/list-schedules.ts";
import { toLocalTime } from "#lib/schedules/local-time.ts";
import { orBadLink } from "../../bad-link.ts";
import { requireActor } from "../../session.ts";
import { cancelWaitingAction, createScheduleAction } from "./actions.ts";
import {
  loadScheduleQuery,
  readState,
  type ScheduleQuery,
  STATE_CHOICES,
  toAccess,
  toListInput,
  toScheduleHref,
  WHOSE_CHOICES,
} from "./schedule-query.ts";
import { ScheduleResults } from "./schedule-results.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("schedule");
  return { title: t("title") };
}

export default async function SchedulePage({ searchParams }: PageProps<"/schedule">) {
  const query = await loadScheduleQuery(searchParams);
  const actor = await requireActor(toScheduleHref(query));
  const zone = await getTimeZone();
  const input = toListInput(query, zone);
  const result = input ? await orBadLink(listSchedules(actor, input)) : "bad-link";
  const ids = result === "bad-link" ? [] : result.items.map(({ id }) => id);
  // Where nothing is asked for, the calendar opens on what comes first.
  const [next] = result === "bad-link" ? [] : result.items;
  const isUpcoming = next?.state === "waiting";
  const shown = isUpcoming ? new Date(next.at) : await getNow();
  const month = toMonth(query, toLocalTime(shown, zone));
  const [accounts, counts, filters, t] = await Promise.all([
    listScheduleAccounts(actor, ids),
    countMonth(month, (span) => countSchedulesByDay(actor, { ...span, zone, ...toState(query) })),
    readFilters(query),
    getTranslations("schedule"),
  ]);
  const access = toAccess(query);
  return (
    <>
      <PageHeader title={t("title")}>
        {can(actor, "schedule:create") && (
          <CreateButton
            numbers={query.q}
            zone={zone}
            create={createScheduleAction.bind(null, actor.id)}
          />
        )}
      </PageHeader>
      <p className="pt-4 text-muted">{t("lead", { zone })}</p>
      {access && (
        <div className="pb-3">
          <Notice>
            <p className="pb-2">{t("byAccess")}</p>
            {can(actor, "schedule:cancel") && (
              <CancelAllButton
                by={access}
                cancelWaiting={cancelWaitingAction.bind(null, actor.id)}
              />
            )}
          </Notice>
        </div>
      )}
      <FilterForm path="/schedule" q={query.q} {...filters}>
        <div className="grid grid-cols-1 items-start gap-x-10 gap-y-4 pt-2 lg:grid-cols-[minmax(0,1fr)_27rem]">
          <div className="lg:order-last">
            <MonthCalendar
              month={month}
              counts={counts}
              toDayHref={(day) => toScheduleHref({ ...query, day, month, after: null })}
              toMonthHref={(other) =>
                toScheduleHref({ ...query, month: other, day: null, after: null })
              }
            />
          </div>
          <div className="min-w-0">
            <ScheduleResults actor={actor} query={query} result={result} accounts={accounts} />
          </div>
        </div>
      </FilterForm>
    </>
  );
}

const MONTH = /^[12]\d{3}-(0[1-9]|1[0-2])$/;

/** The month of the address, else that of its day, else the one that is shown. */
function toMonth({ month, day }: ScheduleQuery, shown: string): string {
  const asked = (month ?? day ?? "").slice(0, "2027-03".length);
  return MONTH.test(asked) ? asked : shown.slice(0, "2027-03".length);
}

function toState(query: ScheduleQuery) {
  const state = readState(query);
  return state === "all" || state === null ? {} : { state };
}

async function countMonth<Counts>(
  month: string,
  count: (span: { from: string; to: string }) => Promise<Counts>,
): Promise<Counts> {
  const first = new Date(`${month}-01T00:00Z`);
  const from = new Date(first);
  from.setUTCDate(0);
  const to = new Date(first);
  to.setUTCMonth(to.getUTCMonth() + 1, 2);
  return await count({ from: from.toISOString(), to: to.toISOString() });
}

async function readFilters({ state, whose }: ScheduleQuery) {
  const t = await getTranslations("schedule");
  return {
    words: {
      search: t("search"),
      placeholder: t("searchPlaceholder"),
      apply: t("apply"),
      clear: t("clear"),
      filters: t("filters"),
    },
    choices: [
      {
        name: "state",
        label: t("filterState"),
        value: state,
        defaultValue: "waiting",
        options: STATE_CHOICES.map((value) => ({ value, label: t(`state.${value}`) })),
      },
      {
        name: "whose",
        label: t("filterWhose"),
        value: whose,
        defaultValue: "all",
        options: WHOSE_CHOICES.map((value) => ({ value, label: t(`whose.${value}`) })),
      },
    ],
  };
}
