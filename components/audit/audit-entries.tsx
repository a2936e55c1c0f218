import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { ArchivedNote } from "../history/archived-note.tsx";
import { DayHeadings } from "../history/day-headings.tsx";
import { EventTitle } from "../history/event-title.tsx";
import { foldBatches } from "../history/fold-batches.ts";
import { HistoryEntry } from "../history/history-entry.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { Message } from "../ui/message.tsx";
import { Pager } from "../ui/pager.tsx";
import { BatchLine } from "./batch-line.tsx";

type Href = `/audit?${string}`;

/** A page of the trail in words, newest first. */
export function AuditEntries({
  page: { items, archived },
  isFiltered,
  newestHref,
  olderHref,
  exportForm,
}: {
  page: TrailPage;
  isFiltered: boolean;
  /** Null on the first page. */
  newestHref: Href | null;
  /** Null on the last page. */
  olderHref: Href | null;
  exportForm: ReactNode;
}) {
  const t = useTranslations("audit");
  if (items.length === 0) {
    return (
      <>
        <div className="py-2">{exportForm}</div>
        <Message
          level={2}
          title={t(isFiltered ? "noMatchTitle" : "noneTitle")}
          hint={t(isFiltered ? "noMatchHint" : "noneHint")}
        >
          {archived && <ArchivedNote archived={archived} />}
          {newestHref && <LinkButton href={newestHref}>{t("newest")}</LinkButton>}
        </Message>
      </>
    );
  }
  return (
    <section aria-labelledby="entries">
      <h2 id="entries" className="sr-only">
        {t("entries")}
      </h2>
      <div className="py-2">{exportForm}</div>
      <DayHeadings events={items}>
        {(events) =>
          foldBatches(events).map(({ event, batch }) =>
            batch ? (
              <BatchLine key={event.id} {...batch} />
            ) : (
              <HistoryEntry
                key={event.id}
                event={event}
                title={<EventTitle event={event} />}
                hasLink
              />
            ),
          )
        }
      </DayHeadings>
      {archived && !olderHref && <ArchivedNote archived={archived} />}
      <Pager
        name={t("pages")}
        first={newestHref && { name: t("newest"), href: newestHref }}
        next={olderHref && { name: t("older"), href: olderHref }}
      />
    </section>
  );
}
