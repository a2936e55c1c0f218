import { useFormatter, useTranslations } from "next-intl";
import { SelectionOnTick } from "#components/numbers/selection-on-tick.tsx";
import type { Actor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import type { MatchSummary } from "#lib/numbers/summarise-matches.ts";
import { type NumberFilters, toFormFields } from "./number-query.ts";

/** The bar of selected numbers, with what its viewer may do with them. */
export function NumbersSelection({
  actor,
  query,
  summary: { total, isCapped },
}: {
  actor: Actor;
  query: NumberFilters;
  summary: MatchSummary;
}) {
  const t = useTranslations("selection");
  const format = useFormatter();
  const count = format.number(total);
  return (
    <SelectionOnTick
      viewerId={actor.id}
      filter={toFormFields(query)}
      total={isCapped ? t("more", { count }) : count}
      can={{
        set: can(actor, "flag:set"),
        request: can(actor, "request:create"),
        schedule: can(actor, "schedule:create"),
      }}
      words={{
        name: t("name"),
        selected: t.raw("selected") as string,
        allOf: t.raw("allOf") as string,
        all: t.raw("all") as string,
        allSelected: t.raw("allSelected") as string,
        turnOn: t("turnOn"),
        makePhoneOnly: t("makePhoneOnly"),
        request: t("request"),
        schedule: t("schedule"),
        clear: t("clear"),
      }}
    />
  );
}
