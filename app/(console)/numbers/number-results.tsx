import { useTranslations } from "next-intl";
import { EmptyNumbers } from "#components/numbers/empty-numbers.tsx";
import { HiddenMatchesNote } from "#components/numbers/hidden-matches-note.tsx";
import { NumbersTable } from "#components/numbers/numbers-table.tsx";
import { ReadingNotice } from "#components/numbers/reading-notice.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Message } from "#components/ui/message.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Actor } from "#lib/access/actor.ts";
import { can } from "#lib/access/authorize.ts";
import type { FoundNumbers } from "./find-numbers.ts";
import { type NumberQuery, toFormFields, toNumbersHref } from "./number-query.ts";
import { NumbersSelection } from "./numbers-selection.tsx";

/** The list, with what was not result above it and links to the other pages below. */
export function NumberResults({
  actor,
  query,
  result,
}: {
  actor: Actor;
  query: NumberQuery;
  result: FoundNumbers | "bad-link";
}) {
  if (result === "bad-link") return <BadLink />;
  const { page, summary, hidden } = result;
  const canSetFlag = can(actor, "flag:set");
  const canSelect = canSetFlag || can(actor, "request:create");
  const isRosterEmpty = summary.total + hidden.count === 0 && query.q === "";
  return (
    <>
      <HiddenMatchesNote
        hidden={hidden}
        everywhereHref={toNumbersHref({ q: query.q, sort: query.sort, state: "all" })}
      />
      {query.problem !== null && <SelectionProblem problem={query.problem} />}
      {summary.reading && <ReadingNotice reading={summary.reading} />}
      {canSelect && page.items.length > 0 && (
        <NumbersSelection actor={actor} query={query} summary={summary} />
      )}
      {page.items.length === 0 ? (
        <EmptyNumbers isRosterEmpty={isRosterEmpty} />
      ) : (
        <NumbersTable
          // Another filter clears the selection.
          key={JSON.stringify(toFormFields(query))}
          listKey={toNumbersHref(query)}
          numbers={page.items}
          losses={result.losses}
          liveRevisions={result.liveRevisions}
          canSelect={canSelect}
          canSetFlag={canSetFlag}
          needingTwoPeople={result.needingTwoPeople}
          sort={query.sort}
          toSortHref={(sort) =>
            toNumbersHref({ ...query, sort, after: null, before: null, from: 1, problem: null })
          }
        />
      )}
    </>
  );
}

function SelectionProblem({ problem }: { problem: "none" | "failed" }) {
  const t = useTranslations("selection");
  return (
    <Notice tone="danger" isAlert>
      {t(problem)}
    </Notice>
  );
}

function BadLink() {
  const t = useTranslations("numbers");
  return (
    <Message level={2} title={t("badLinkTitle")} hint={t("badLinkHint")}>
      <LinkButton href="/numbers" variant="primary">
        {t("startOver")}
      </LinkButton>
    </Message>
  );
}
