import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Figures } from "#components/numbers/figures.tsx";
import { NumberFilters } from "#components/numbers/number-filters.tsx";
import { NumbersPager } from "#components/numbers/numbers-pager.tsx";
import { NumbersSkeleton } from "#components/numbers/numbers-skeleton.tsx";
import { Count } from "#components/ui/count.tsx";
import { Late } from "#components/ui/late.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listAccountNames } from "#lib/accounts/list-account-names.ts";
import { type AccountManager, listManagers } from "#lib/accounts/list-managers.ts";
import { readFigures } from "#lib/overview/read-figures.ts";
import { findReadable } from "../../bad-link.ts";
import { findBriefly } from "../../find-briefly.ts";
import { requireActor } from "../../session.ts";
import { type FoundNumbers, findNumbers } from "./find-numbers.ts";
import {
  loadNumberQuery,
  type NumberQuery,
  numberParsers,
  PAGE_SIZE,
  toNumbersHref,
} from "./number-query.ts";
import { NumberResults } from "./number-results.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("numbers");
  return { title: t("title") };
}

export default async function NumbersPage({ searchParams }: PageProps<"/numbers">) {
  const query = await loadNumberQuery(searchParams);
  const actor = await requireActor(toNumbersHref(query));
  const [finding, accounts, managers, figures, words] = await Promise.all([
    findBriefly(
      findReadable({ searchParams, parsers: numberParsers }, () => findNumbers(actor, query)),
    ),
    listAccountNames(actor, { chosen: query.account }),
    listManagers(actor),
    readFigures(actor),
    readWords(),
  ]);
  const t = await getTranslations("numbers");
  return (
    <>
      <PageHeader
        title={t("title")}
        beside={
          <Late finding={finding}>
            {(found) =>
              found !== "bad-link" && (
                <MatchCount total={found.summary.total} isCapped={found.summary.isCapped} />
              )
            }
          </Late>
        }
      >
        <Late finding={finding}>
          {(found) => found !== "bad-link" && <Place query={query} found={found} />}
        </Late>
      </PageHeader>
      <Figures
        figures={figures}
        hrefs={{
          accepting: toNumbersHref({ state: "accepting" }),
          losing: toNumbersHref({ state: "losing", sort: "loss" }),
          mixed: toNumbersHref({ mixed: "true", sort: "account" }),
        }}
      />
      <NumberFilters
        query={{
          q: query.q,
          state: query.state,
          account: query.account,
          manager: query.manager,
          mixed: query.mixed !== null,
          since: query.since,
          sort: query.sort,
        }}
        accounts={accounts.items.map(({ id, name }) => ({ value: id, name }))}
        managers={toManagers(managers, { viewer: actor.email, mine: t("mine") })}
        accountNote={
          accounts.total > accounts.items.length
            ? t("moreAccounts", { shown: accounts.items.length, total: accounts.total })
            : null
        }
        words={words}
      >
        <Late finding={finding} fallback={<NumbersSkeleton />}>
          {(result) => <NumberResults actor={actor} query={query} result={result} />}
        </Late>
      </NumberFilters>
    </>
  );
}

function Place({ query, found: { page, summary } }: { query: NumberQuery; found: FoundNumbers }) {
  const { from } = query;
  const count = page.items.length;
  const at = { ...query, after: null, before: null, problem: null };
  return (
    <NumbersPager
      place={{ from, count, total: summary.total, isCapped: summary.isCapped }}
      previousHref={
        page.previousCursor === null
          ? null
          : toNumbersHref({
              ...at,
              before: page.previousCursor,
              from: Math.max(1, from - PAGE_SIZE),
            })
      }
      nextHref={
        page.nextCursor === null
          ? null
          : toNumbersHref({ ...at, after: page.nextCursor, from: from + count })
      }
    />
  );
}

/** The managers to choose from, the viewer first, as "Mine". */
function toManagers(
  managers: readonly AccountManager[],
  { viewer, mine }: { viewer: string; mine: string },
) {
  const [own, others] = [true, false].map((isOwn) =>
    managers.filter(({ email }) => (email === viewer) === isOwn),
  ) as [AccountManager[], AccountManager[]];
  return [
    ...own.map(({ email }) => ({ value: email, name: mine })),
    ...others.map(({ email, name }) => ({ value: email, name })),
  ];
}

function MatchCount({ total, isCapped }: { total: number; isCapped: boolean }) {
  const t = useTranslations("numbers");
  const words = t(isCapped ? "countCapped" : "count", { count: total });
  return <Count value={total} words={words} />;
}

/** The texts of the filters, which run in the browser and so get them as strings. */
async function readWords() {
  const t = await getTranslations("numbers");
  return {
    search: t("search"),
    searchPlaceholder: t("searchPlaceholder"),
    searchHint: t("searchHint"),
    searchTooLong: t("searchTooLong"),
    apply: t("apply"),
    clear: t("clear"),
    filters: t("filters"),
    state: t("filterState"),
    states: {
      "in-service": t("stateInService"),
      accepting: t("stateAccepting"),
      "phone-only": t("statePhoneOnly"),
      losing: t("stateLosing"),
      retired: t("stateRetired"),
      all: t("stateAll"),
    },
    account: t("filterAccount"),
    anyAccount: t("anyAccount"),
    manager: t("filterManager"),
    anyManager: t("anyManager"),
    mixed: t("filterMixed"),
    since: t("filterSince"),
    sinceDays: { "": t("sinceAny"), "1": t("since1"), "7": t("since7"), "30": t("since30") },
    sort: t("filterSort"),
    sorts: {
      label: t("sortLabel"),
      account: t("sortAccount"),
      changed: t("sortChanged"),
      loss: t("sortLoss"),
    },
  };
}
