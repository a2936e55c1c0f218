import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { EntriesSkeleton } from "#components/history/entries-skeleton.tsx";
import { CreateTokenButton } from "#components/tokens/create-token-button.tsx";
import { FilterForm } from "#components/ui/filter-form.tsx";
import { isolate } from "#components/ui/isolate.ts";
import { Notice } from "#components/ui/notice.tsx";
import { can } from "#lib/access/authorize.ts";
import { findSignInMethod } from "#lib/sign-in/require-fresh-sign-in.ts";
import { listTokens } from "#lib/tokens/list-tokens.ts";
import { orBadLink } from "../../bad-link.ts";
import { requireActor } from "../../session.ts";
import { waitBriefly } from "../../wait-briefly.ts";
import { createTokenAction } from "./actions.ts";
import { readTokenFilters } from "./token-filters.ts";
import { TokenResults } from "./token-results.tsx";
import { loadTokensQuery, toListInput, toTokensHref } from "./tokens-query.ts";

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
  const finding = orBadLink(listTokens(actor, toListInput(query)));
  const [result, filters, t] = await Promise.all([
    waitBriefly(finding),
    readTokenFilters(query, { isManager }),
    getTranslations("tokens"),
  ]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 pb-3">
        <p className="min-w-0 flex-1 basis-72 text-muted">{t(isManager ? "lead" : "leadOwn")}</p>
        {!passwordMaker && (
          <div className="flex flex-wrap gap-2">
            {isManager && <CreateTokenButton kind="service" {...creation} />}
            <CreateTokenButton kind="personal" {...creation} />
          </div>
        )}
      </div>
      {passwordMaker && (
        <Notice tone="warning">{t("cannotCreate", { maker: isolate(passwordMaker.name) })}</Notice>
      )}
      <FilterForm path="/tokens" q={query.q} {...filters}>
        {result ? (
          <TokenResults viewer={viewer} query={query} result={result} />
        ) : (
          <Suspense fallback={<EntriesSkeleton words={t("loading")} />}>
            {finding.then((late) => (
              <TokenResults viewer={viewer} query={query} result={late} />
            ))}
          </Suspense>
        )}
      </FilterForm>
    </>
  );
}
