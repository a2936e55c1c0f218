import { useTranslations } from "next-intl";
import { TokensTable } from "#components/tokens/tokens-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListResults } from "#components/ui/list-results.tsx";
import { Message } from "#components/ui/message.tsx";
import type { TokenPage } from "#lib/tokens/list-tokens.ts";
import { revokeTokenAction, rotateTokenAction } from "./actions.ts";
import { type TokensQuery, toTokensHref } from "./tokens-query.ts";

type Viewer = { id: string; isManager: boolean; asksPassword: boolean; canCreate: boolean };

/** The tokens that match, or that the link is bad. */
export function TokenResults({
  viewer,
  query,
  result,
}: {
  viewer: Viewer;
  query: TokensQuery;
  result: TokenPage | "bad-link";
}) {
  const t = useTranslations("tokens");
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
      toHref={(after) => toTokensHref({ ...query, after })}
      words={words}
    >
      {({ items }) =>
        items.length === 0 ? (
          <Empty viewer={viewer} query={query} />
        ) : (
          <TokensTable
            tokens={items}
            viewer={viewer}
            rotate={rotateTokenAction.bind(null, viewer.id)}
            revoke={revokeTokenAction.bind(null, viewer.id)}
          />
        )
      }
    </ListResults>
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
