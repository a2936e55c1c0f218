import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntriesSkeleton } from "#components/history/entries-skeleton.tsx";
import { CreateTokenButton } from "#components/tokens/create-token-button.tsx";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { Late } from "#components/ui/late.tsx";
import { ListCount } from "#components/ui/list-count.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/authorize.ts";
import { findSignInMethod } from "#lib/sign-in/require-fresh-sign-in.ts";
import { listTokens } from "#lib/tokens/list-tokens.ts";
import { findReadable } from "../../bad-link.ts";
import { findBriefly } from "../../find-briefly.ts";
import { requireActor } from "../../session.ts";
import { createTokenAction } from "./actions.ts";
import { readTokenFilters } from "./token-filters.ts";
import { TokenResults } from "./token-results.tsx";
import { loadTokensQuery, tokensParsers, toListInput, toTokensHref } from "./tokens-query.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tokens");
  return { title: t("title") };
}

export default async function TokensPage({ searchParams }: PageProps<"/tokens">) {
  const query = await loadTokensQuery(searchParams);
  const actor = await requireActor(toTokensHref(query));
  const isManager = can(actor, "token:manage");
  const asksPassword = (await findSignInMethod(actor)) === "password";
  const { passwordMaker } = actor;
  const viewer = { id: actor.id, isManager, asksPassword, canCreate: passwordMaker === null };
  const creation = { asksPassword, create: createTokenAction.bind(null, actor.id) };
  const [finding, filters, t] = await Promise.all([
    findBriefly(
      findReadable({ searchParams, parsers: tokensParsers }, () =>
        listTokens(actor, toListInput(query)),
      ),
    ),
    readTokenFilters(query, { isManager }),
    getTranslations("tokens"),
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        beside={<ListCount finding={finding} toWords={(count) => t("count", { count })} />}
      >
        {!passwordMaker && (
          <>
            {isManager && <CreateTokenButton kind="service" {...creation} />}
            <CreateTokenButton kind="personal" {...creation} />
          </>
        )}
      </PageHeader>
      <p className="py-4 text-muted">{t(isManager ? "lead" : "leadOwn")}</p>
      {passwordMaker && (
        <Notice tone="warning">{t("cannotCreate", { maker: isolate(passwordMaker.name) })}</Notice>
      )}
      <FilterForm path="/tokens" q={query.q} {...filters}>
        <Late finding={finding} fallback={<EntriesSkeleton words={t("loading")} />}>
          {(result) => <TokenResults viewer={viewer} query={query} result={result} />}
        </Late>
      </FilterForm>
    </>
  );
}
