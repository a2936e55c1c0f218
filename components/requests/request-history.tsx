import { useTranslations } from "next-intl";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { ArchivedNote } from "../history/archived-note.tsx";
import { EventTitle } from "../history/event-title.tsx";
import { HistoryEntry } from "../history/history-entry.tsx";
import { LinkButton } from "../ui/link-button.tsx";

/** What became of the request, newest first. */
export function RequestHistory({
  path,
  history: { items, nextCursor, archived },
  canReadTrail,
  isOlder,
}: {
  path: `/requests/${string}`;
  history: TrailPage;
  canReadTrail: boolean;
  /** Whether this is not the first page. */
  isOlder: boolean;
}) {
  const t = useTranslations("requests");
  return (
    <section aria-labelledby="history" className="min-w-0">
      <h2 id="history" className="pb-1 font-semibold">
        {t("history")}
      </h2>
      <ol>
        {items.map((event) => (
          <HistoryEntry
            key={event.id}
            event={event}
            title={<EventTitle event={event} />}
            hasLink={canReadTrail}
          />
        ))}
      </ol>
      {archived && !nextCursor && <ArchivedNote archived={archived} />}
      <div className="flex gap-2 border-t pt-3">
        {isOlder && <LinkButton href={path}>{t("newest")}</LinkButton>}
        {nextCursor && <LinkButton href={`${path}?before=${nextCursor}`}>{t("older")}</LinkButton>}
      </div>
    </section>
  );
}
