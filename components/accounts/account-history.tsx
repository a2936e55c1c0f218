import { useTranslations } from "next-intl";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { ArchivedNote } from "../history/archived-note.tsx";
import { EventName } from "../history/event-name.tsx";
import { HistoryEntry } from "../history/history-entry.tsx";
import { LinkButton } from "../ui/link-button.tsx";

/** The account's own entries of the trail, newest first. */
export function AccountHistory({
  accountId,
  history: { items, nextCursor, archived },
  canReadTrail,
  isOlder,
}: {
  accountId: string;
  history: TrailPage;
  canReadTrail: boolean;
  /** Whether this is not the first page. */
  isOlder: boolean;
}) {
  const t = useTranslations("history");
  const accounts = useTranslations("accounts");
  const path = `/accounts/${accountId}` as const;
  return (
    <section aria-labelledby="history" className="min-w-0">
      <h2 id="history" className="pb-1 font-semibold">
        {t("title")}
      </h2>
      {items.length === 0 && !archived && <p className="text-muted">{accounts("historyNone")}</p>}
      <ol>
        {items.map((event) => (
          <HistoryEntry
            key={event.id}
            event={event}
            title={<EventName event={event} />}
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
