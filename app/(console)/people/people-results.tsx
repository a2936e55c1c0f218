import { useTranslations } from "next-intl";
import { PeopleTable } from "#components/people/people-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { PeoplePage } from "#lib/access/list-people.ts";
import { type PeopleQuery, toPeopleHref } from "./people-query.ts";

/** The list with how many it has, and the way to its other pages. */
export function PeopleResults({
  selfId,
  query,
  found,
}: {
  selfId: string;
  query: PeopleQuery;
  found: PeoplePage | "bad-link";
}) {
  const t = useTranslations("people");
  if (found === "bad-link") {
    return (
      <Message title={t("badLinkTitle")} hint={t("badLinkHint")}>
        <LinkButton href="/people" variant="primary">
          {t("first")}
        </LinkButton>
      </Message>
    );
  }
  const { items, total, nextCursor } = found;
  const first = { name: t("first"), href: toPeopleHref({ ...query, after: null }) };
  return (
    <>
      <h1 className="min-h-8 pb-2 text-base font-semibold tabular-nums" aria-live="polite">
        {t("count", { count: total })}
      </h1>
      {items.length === 0 ? (
        <Message level={2} title={t("noMatchTitle")} hint={t("noMatchHint")}>
          <LinkButton href="/people">{t("showAll")}</LinkButton>
        </Message>
      ) : (
        <PeopleTable people={items} selfId={selfId} />
      )}
      <Pager
        name={t("pages")}
        first={query.after === null ? null : first}
        next={
          nextCursor === null
            ? null
            : { name: t("next"), href: toPeopleHref({ ...query, after: nextCursor }) }
        }
      />
    </>
  );
}
