import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SetManagersButton } from "#components/accounts/set-managers-button.tsx";
import { EntriesSkeleton } from "#components/history/entries-skeleton.tsx";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { Late } from "#components/ui/late.tsx";
import { ListCount } from "#components/ui/list-count.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { listAccounts } from "#lib/accounts/list-accounts.ts";
import { listPossibleManagers } from "#lib/accounts/list-possible-managers.ts";
import { findReadable } from "../../bad-link.ts";
import { findBriefly } from "../../find-briefly.ts";
import { requireActor } from "../../session.ts";
import { AccountResults } from "./account-results.tsx";
import {
  ACCOUNT_RULES,
  ACCOUNT_SCOPES,
  type AccountsQuery,
  accountsParsers,
  loadAccountsQuery,
  toAccountsHref,
  toListInput,
} from "./accounts-query.ts";
import { setAccountPeopleAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("title") };
}

export default async function AccountsPage({ searchParams }: PageProps<"/accounts">) {
  const query = await loadAccountsQuery(searchParams);
  const actor = await requireActor(toAccountsHref(query));
  const finding = await findBriefly(
    findReadable({ searchParams, parsers: accountsParsers }, () =>
      listAccounts(actor, toListInput(query)),
    ),
  );
  const t = await getTranslations("accounts");
  const { choices, words } = await readFilters(query);
  const canManage = can(actor, "account:manage");
  return (
    <>
      <PageHeader
        title={t("title")}
        beside={<ListCount finding={finding} toWords={(count) => t("count", { count })} />}
      >
        {canManage && (
          <SetManagersButton
            people={await listPossibleManagers(actor)}
            setPeople={setAccountPeopleAction.bind(null, actor.id)}
          />
        )}
      </PageHeader>
      <FilterForm path="/accounts" q={query.q} choices={choices} words={words}>
        <Late finding={finding} fallback={<EntriesSkeleton words={t("loading")} />}>
          {(result) => <AccountResults query={query} result={result} isSelectable={canManage} />}
        </Late>
      </FilterForm>
    </>
  );
}

async function readFilters({ scope, rule }: AccountsQuery) {
  const t = await getTranslations("accounts");
  const scopes = { all: t("scopeAll"), mine: t("scopeMine") };
  const rules = { any: t("ruleAny"), "two-people": t("ruleTwoPeople") };
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
        name: "scope",
        label: t("filterScope"),
        value: scope,
        defaultValue: "all",
        options: ACCOUNT_SCOPES.map((value) => ({ value, label: scopes[value] })),
      },
      {
        name: "rule",
        label: t("filterRule"),
        value: rule,
        defaultValue: "any",
        options: ACCOUNT_RULES.map((value) => ({ value, label: rules[value] })),
      },
    ],
  };
}
