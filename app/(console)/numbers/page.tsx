import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { NumberFilters } from "#components/numbers/number-filters.tsx";
import { NumbersSkeleton } from "#components/numbers/numbers-skeleton.tsx";
import { Count } from "#components/ui/count.tsx";
import { Late } from "#components/ui/late.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listAccountNames } from "#lib/accounts/list-account-names.ts";
import { findReadable } from "../../bad-link.ts";
import { findBriefly } from "../../find-briefly.ts";
import { requireActor } from "../../session.ts";
import { findNumbers } from "./find-numbers.ts";
import { loadNumberQuery, numberParsers, toNumbersHref } from "./number-query.ts";
import { NumberResults } from "./number-results.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("numbers");
  return { title: t("title") };
}

export default async function NumbersPage({ searchParams }: PageProps<"/numbers">) {
  const query = await loadNumberQuery(searchParams);
  const actor = await requireActor(toNumbersHref(query));
  const [finding, accounts, words] = await Promise.all([
    findBriefly(
      findReadable({ searchParams, parsers: numberParsers }, () => findNumbers(actor, query)),
    ),
    listAccountNames(actor, { chosen: query.account }),
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
      />
      <NumberFilters
        query={{ q: query.q, state: query.state, account: query.account, sort: query.sort }}
        accounts={accounts.items}
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
    sort: t("filterSort"),
    sorts: {
      label: t("sortLabel"),
      account: t("sortAccount"),
      changed: t("sortChanged"),
      loss: t("sortLoss"),
    },
  };
}
