import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AuditEvent } from "#lib/audit/event.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { LinkButton } from "../ui/link-button.tsx";
import { ArchivedNote } from "./archived-note.tsx";
import { DayHeadings } from "./day-headings.tsx";

/** The entries of the trail about one thing, newest first, with links to older and to the newest. */
export function HistoryFrame({
  path,
  history: { items, nextCursor, archived },
  isOlder,
  none = null,
  children,
}: {
  /** The page's address. */
  path: `/${"accounts" | "numbers" | "requests"}/${string}`;
  history: TrailPage;
  /** Whether this is not the first page. */
  isOlder: boolean;
  /** Said where there are no entries, archived ones included. */
  none?: string | null;
  /** One entry. */
  children: (event: AuditEvent) => ReactNode;
}) {
  const t = useTranslations("history");
  return (
    <section aria-labelledby="history" className="column min-w-0">
      <h2 id="history" className="pb-1 font-semibold">
        {t("title")}
      </h2>
      {none !== null && items.length === 0 && !archived && <p className="text-muted">{none}</p>}
      <DayHeadings events={items}>{(events) => events.map(children)}</DayHeadings>
      {archived && !nextCursor && <ArchivedNote archived={archived} />}
      <div className="flex gap-2 pt-3">
        {isOlder && <LinkButton href={path}>{t("newest")}</LinkButton>}
        {nextCursor && <LinkButton href={`${path}?before=${nextCursor}`}>{t("older")}</LinkButton>}
      </div>
    </section>
  );
}
