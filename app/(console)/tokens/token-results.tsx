import { useTranslations } from "next-intl";
import { TokensTable } from "#components/tokens/tokens-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { TokenPage } from "#lib/access/list-tokens.ts";
import { revokeTokenAction } from "./revoke-token-action.ts";
import { rotateTokenAction } from "./rotate-token-action.ts";
import { type TokensQuery, toTokensHref } from "./tokens-query.ts";

type Viewer = { id: string; isManager: boolean };

/** The list with how many it has, and the way to its other pages. */
export function TokenResults({
  viewer,
  query,
  found,
}: {
  viewer: Viewer;
  query: TokensQuery;
  found: TokenPage | "bad-link";
}) {
  const t = useTranslations("tokens");
  if (found === "bad-link") {
    return (
      <Message title={t("badLinkTitle")} hint={t("badLinkHint")}>
        <LinkButton href="/tokens" variant="primary">
          {t("first")}
        </LinkButton>
      </Message>
    );
  }
  const { items, total, nextCursor } = found;
  const first = { name: t("first"), href: toTokensHref({ ...query, after: null }) };
  return (
    <>
      <h1 className="min-h-8 pb-2 text-base font-semibold tabular-nums" aria-live="polite">
        {t("count", { count: total })}
      </h1>
      {items.length === 0 ? (
        <Empty viewer={viewer} query={query} />
      ) : (
        <TokensTable
          tokens={items}
          viewer={viewer}
          rotate={rotateTokenAction}
          revoke={revokeTokenAction}
        />
      )}
      <Pager
        name={t("pages")}
        first={query.after === null ? null : first}
        next={
          nextCursor === null
            ? null
            : { name: t("next"), href: toTokensHref({ ...query, after: nextCursor }) }
        }
      />
    </>
  );
}

function Empty({ viewer, query: { q, kind, state } }: { viewer: Viewer; query: TokensQuery }) {
  const t = useTranslations("tokens");
  const isNarrowed = q !== "" || kind !== "all";
  if (isNarrowed) {
    return (
      <Message level={2} title={t("noMatchTitle")} hint={t("noMatchHint")}>
        <LinkButton href={toTokensHref({ state: "all" })}>{t("showAll")}</LinkButton>
      </Message>
    );
  }
  const hint = t(viewer.isManager ? "noneHint" : "noneHintOwn");
  return (
    <Message level={2} title={t("noneTitle")} hint={hint}>
      {state !== "all" && (
        <LinkButton href={toTokensHref({ state: "all" })}>{t("showEnded")}</LinkButton>
      )}
    </Message>
  );
}
