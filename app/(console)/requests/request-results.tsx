import { useTranslations } from "next-intl";
import { RequestsTable } from "#components/requests/requests-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListResults } from "#components/ui/list-results.tsx";
import { Message } from "#components/ui/message.tsx";
import type { RequestSummaryPage } from "#lib/requests/list-request-summaries.ts";
import { type RequestsQuery, toRequestsHref } from "./requests-query.ts";

/** The requests that match, or that the link is bad. */
export function RequestResults({
  query,
  result,
}: {
  query: RequestsQuery;
  result: RequestSummaryPage | "bad-link";
}) {
  const t = useTranslations("requests");
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
      toHref={(after) => toRequestsHref({ ...query, after })}
      words={words}
    >
      {({ items }) =>
        items.length === 0 ? <Empty query={query} /> : <RequestsTable requests={items} />
      }
    </ListResults>
  );
}

function Empty({ query: { state, account, by } }: { query: RequestsQuery }) {
  const t = useTranslations("requests");
  if (state === "any" && account === "" && by === "anybody") {
    return <Message level={2} title={t("noneTitle")} hint={t("noneHint")} />;
  }
  return (
    <Message level={2} title={t("noMatchTitle")} hint={t("noMatchHint")}>
      <LinkButton href="/requests">{t("showAll")}</LinkButton>
    </Message>
  );
}
