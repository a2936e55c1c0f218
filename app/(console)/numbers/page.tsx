import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { NumberFilters } from "#components/numbers/number-filters.tsx";
import { NumbersSkeleton } from "#components/numbers/numbers-skeleton.tsx";
import { listAccountNames } from "#lib/accounts/list-account-names.ts";
import { requireActor } from "../../session.ts";
import { waitBriefly } from "../../wait-briefly.ts";
import { findNumbers } from "./find-numbers.ts";
import { loadNumberQuery, toNumbersHref } from "./number-query.ts";
import { NumberResults } from "./number-results.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("numbers");
  return { title: t("title") };
}

export default async function NumbersPage({ searchParams }: PageProps<"/numbers">) {
  const query = await loadNumberQuery(searchParams);
  const actor = await requireActor(toNumbersHref(query));
  const finding = findNumbers(actor, query);
  const [result, accounts, words] = await Promise.all([
    waitBriefly(finding),
    listAccountNames(actor, { chosen: query.account }),
    readWords(),
  ]);
  const t = await getTranslations("numbers");
  return (
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
      {result ? (
        // No Suspense boundary here: React would leave a large one to scripts even when it is ready.
        <NumberResults actor={actor} query={query} result={result} />
      ) : (
        <Suspense fallback={<NumbersSkeleton />}>
          {finding.then((late) => (
            <NumberResults actor={actor} query={query} result={late} />
          ))}
        </Suspense>
      )}
    </NumberFilters>
  );
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
