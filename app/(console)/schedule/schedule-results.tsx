import { useTranslations } from "next-intl";
import { ScheduleButtons } from "#components/schedule/schedule-buttons.tsx";
import { ScheduleList } from "#components/schedule/schedule-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListResults } from "#components/ui/list-results.tsx";
import { Message } from "#components/ui/message.tsx";
import type { PersonActor } from "#lib/access/actor.ts";
import type { ScheduleAccount } from "#lib/schedules/list-schedule-accounts.ts";
import type { SchedulePage } from "#lib/schedules/list-schedules.ts";
import { cancelScheduleAction, moveScheduleAction } from "./actions.ts";
import { canChange } from "./can-change.ts";
import { readState, type ScheduleQuery, toScheduleHref } from "./schedule-query.ts";

/** The schedules that match, or that the link is bad. */
export function ScheduleResults({
  actor,
  query,
  result,
  accounts,
}: {
  actor: PersonActor;
  query: ScheduleQuery;
  result: SchedulePage | "bad-link";
  accounts: ReadonlyMap<string, ScheduleAccount[]>;
}) {
  const t = useTranslations("schedule");
  const words = {
    badLinkTitle: t("badLinkTitle"),
    badLinkHint: t("badLinkHint"),
    pages: t("pages"),
    first: t("first"),
    next: t("next"),
  };
  return (
    <ListResults
      result={result}
      after={query.after}
      toHref={(after) => toScheduleHref({ ...query, after })}
      words={words}
    >
      {({ items }) => (
        <>
          <h2 className="pb-2 font-semibold">{t(`heading.${readState(query) ?? "all"}`)}</h2>
          {items.length === 0 ? (
            <Message level={2} title={t("noneTitle")} hint={t("noneHint")}>
              <LinkButton href={toScheduleHref({ state: "all" })}>{t("showAll")}</LinkButton>
            </Message>
          ) : (
            <ScheduleList
              schedules={items}
              accounts={accounts}
              toButtons={(schedule) =>
                canChange(actor, schedule) && (
                  <ScheduleButtons
                    schedule={schedule}
                    cancel={cancelScheduleAction.bind(null, actor.id)}
                    move={schedule.requestId ? null : moveScheduleAction.bind(null, actor.id)}
                  />
                )
              }
            />
          )}
        </>
      )}
    </ListResults>
  );
}
