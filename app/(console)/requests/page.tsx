import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntriesSkeleton } from "#components/history/entries-skeleton.tsx";
import { RequestFilters } from "#components/requests/request-filters.tsx";
import { Late } from "#components/ui/late.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListCount } from "#components/ui/list-count.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { listAccountNames } from "#lib/accounts/list-account-names.ts";
import { listForcedChanges } from "#lib/flags/list-forced-changes.ts";
import { listRequestSummaries } from "#lib/requests/list-request-summaries.ts";
import { findReadable } from "../../bad-link.ts";
import { findBriefly } from "../../find-briefly.ts";
import { requireActor } from "../../session.ts";
import { RequestResults } from "./request-results.tsx";
import {
  loadRequestsQuery,
  MINE_CHOICES,
  type RequestsQuery,
  requestsParsers,
  STATE_CHOICES,
  toListInput,
  toRequestsHref,
} from "./requests-query.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("title") };
}

export default async function RequestsPage({ searchParams }: PageProps<"/requests">) {
  const query = await loadRequestsQuery(searchParams);
  const actor = await requireActor(toRequestsHref(query));
  const [finding, accounts, forced, t] = await Promise.all([
    findBriefly(
      findReadable({ searchParams, parsers: requestsParsers }, () =>
        listRequestSummaries(actor, toListInput(query)),
      ),
    ),
    listAccountNames(actor, { chosen: query.account }),
    listForcedChanges(actor, { isReviewed: false, limit: 1 }),
    getTranslations("requests"),
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        beside={<ListCount finding={finding} toWords={(count) => t("count", { count })} />}
      >
        <LinkButton href="/requests/forced">{t("forced", { count: forced.total })}</LinkButton>
        {can(actor, "request:create") && (
          <LinkButton href="/requests/new" variant="primary">
            {t("ask")}
          </LinkButton>
        )}
      </PageHeader>
      <p className="pt-4 text-muted">{t("lead")}</p>
      <RequestFilters path="/requests" choices={await readChoices(query, accounts.items)}>
        <Late finding={finding} fallback={<EntriesSkeleton words={t("loading")} />}>
          {(result) => <RequestResults query={query} result={result} />}
        </Late>
      </RequestFilters>
    </>
  );
}

/** The filters run in the browser, and so get their texts as strings. */
async function readChoices(
  { state, account, by }: RequestsQuery,
  accounts: readonly { id: string; name: string }[],
) {
  const t = await getTranslations("requests");
  return {
    words: { apply: t("apply"), clear: t("clear"), filters: t("filters") },
    selects: [
      {
        name: "state",
        label: t("filterState"),
        value: state,
        defaultValue: "any",
        options: STATE_CHOICES.map((value) => ({
          value,
          label: value === "any" ? t("anyState") : t(`state.${value}`),
        })),
      },
      {
        name: "account",
        label: t("filterAccount"),
        value: account,
        defaultValue: "",
        options: [
          { value: "", label: t("anyAccount") },
          ...accounts.map(({ id, name }) => ({ value: id, label: name })),
        ],
      },
      {
        name: "by",
        label: t("filterMine"),
        value: by,
        defaultValue: "anybody",
        options: MINE_CHOICES.map((value) => ({ value, label: t(value) })),
      },
    ],
  };
}
