import { useTranslations } from "next-intl";
import { PeopleTable } from "#components/people/people-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListResults } from "#components/ui/list-results.tsx";
import { Message } from "#components/ui/message.tsx";
import type { PeoplePage } from "#lib/people/list-people.ts";
import { type PeopleQuery, toPeopleHref } from "./people-query.ts";

/** The people who match, or that the link is bad. */
export function PeopleResults({
  selfId,
  query,
  result,
}: {
  selfId: string;
  query: PeopleQuery;
  result: PeoplePage | "bad-link";
}) {
  const t = useTranslations("people");
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
      toHref={(after) => toPeopleHref({ ...query, after })}
      words={words}
    >
      {({ items }) =>
        items.length === 0 ? (
          <Message level={2} title={t("noMatchTitle")} hint={t("noMatchHint")}>
            <LinkButton href="/people">{t("showAll")}</LinkButton>
          </Message>
        ) : (
          <PeopleTable people={items} selfId={selfId} />
        )
      }
    </ListResults>
  );
}
