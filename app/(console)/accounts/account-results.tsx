import { useTranslations } from "next-intl";
import { AccountsTable } from "#components/accounts/accounts-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListResults } from "#components/ui/list-results.tsx";
import { Message } from "#components/ui/message.tsx";
import type { AccountPage } from "#lib/accounts/list-accounts.ts";
import { type AccountsQuery, toAccountsHref } from "./accounts-query.ts";

/** The accounts that match, or that the link is bad. */
export function AccountResults({
  query,
  result,
  isSelectable,
}: {
  query: AccountsQuery;
  result: AccountPage | "bad-link";
  /** Whether accounts can be selected to set their manager. */
  isSelectable: boolean;
}) {
  const t = useTranslations("accounts");
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
      toHref={(after) => toAccountsHref({ ...query, after })}
      words={words}
    >
      {({ items }) =>
        items.length === 0 ? (
          <NoAccounts isMine={query.scope === "mine"} />
        ) : (
          <AccountsTable accounts={items} isSelectable={isSelectable} />
        )
      }
    </ListResults>
  );
}

function NoAccounts({ isMine }: { isMine: boolean }) {
  const t = useTranslations("accounts");
  return (
    <Message level={2} title={t("noMatchTitle")} hint={t(isMine ? "noneMine" : "noMatchHint")}>
      <LinkButton href="/accounts">{t("showAll")}</LinkButton>
    </Message>
  );
}
