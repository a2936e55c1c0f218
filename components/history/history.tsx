import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { toReason } from "../actions/reason-rules.ts";
import { toFlagNumber } from "../flags/flag-number.ts";
import { LinkButton } from "../ui/link-button.tsx";
import { ArchivedNote } from "./archived-note.tsx";
import { EventName } from "./event-name.tsx";
import { HistoryEntry } from "./history-entry.tsx";
import { UndoButton } from "./undo-button.tsx";

/** The number's history, newest first; the latest change of its flag can be undone. */
export function History({
  number,
  history: { items, nextCursor, archived },
  canSetFlag,
  canReadTrail,
  isOlder,
}: {
  number: NumberRecord;
  history: TrailPage;
  canSetFlag: boolean;
  canReadTrail: boolean;
  /** Whether this is not the first page. */
  isOlder: boolean;
}) {
  const t = useTranslations("history");
  const actions = useTranslations("actions");
  const path = `/numbers/${number.phoneNumberId}` as const;
  const canUndo = ({ revision }: AuditEvent) =>
    canSetFlag && number.retiredAt === null && revision === number.flagRevision;
  return (
    <section aria-labelledby="history" className="min-w-0">
      <h2 id="history" className="pb-1 font-semibold">
        {t("title")}
      </h2>
      {items.length === 0 && !archived && <p className="text-muted">{t("none")}</p>}
      <ol>
        {items.map((event) => (
          <HistoryEntry
            key={event.id}
            event={event}
            title={<EventName event={event} />}
            hasLink={canReadTrail}
          >
            {canUndo(event) && (
              <UndoButton
                number={toFlagNumber(number)}
                name={t("undo")}
                reason={toUndoReason(event)}
              />
            )}
          </HistoryEntry>
        ))}
      </ol>
      {archived && !nextCursor && <ArchivedNote archived={archived} />}
      <div className="flex gap-2 border-t pt-3">
        {isOlder && <LinkButton href={path}>{t("newest")}</LinkButton>}
        {nextCursor && <LinkButton href={`${path}?before=${nextCursor}`}>{t("older")}</LinkButton>}
      </div>
    </section>
  );

  function toUndoReason({ reason }: AuditEvent): string {
    return toReason(actions("undoReason", { reason: reason ?? "" }));
  }
}
