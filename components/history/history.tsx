import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { toReason } from "../actions/reason-rules.ts";
import { toFlagNumber } from "../flags/flag-number.ts";
import { isolate } from "../ui/isolate.ts";
import { EventTitle } from "./event-title.tsx";
import { HistoryEntry } from "./history-entry.tsx";
import { HistoryFrame } from "./history-frame.tsx";
import { UndoButton } from "./undo-button.tsx";

/** The number's history, newest first; the latest change of its flag can be undone. */
export function History({
  number,
  history,
  forced,
  canSetFlag,
  needsTwoPeople,
  canReadTrail,
  isOlder,
}: {
  number: NumberRecord;
  history: TrailPage;
  /** Why a change could not wait for a second person, by its batch. */
  forced: ReadonlyMap<string, string>;
  canSetFlag: boolean;
  needsTwoPeople: boolean;
  canReadTrail: boolean;
  /** Whether this is not the first page. */
  isOlder: boolean;
}) {
  const t = useTranslations("history");
  const actions = useTranslations("actions");
  const canUndo = ({ revision }: AuditEvent) =>
    canSetFlag && number.retiredAt === null && revision === number.flagRevision;
  return (
    <HistoryFrame
      path={`/numbers/${number.phoneNumberId}`}
      history={history}
      isOlder={isOlder}
      none={t("none")}
    >
      {(event) => (
        <HistoryEntry
          key={event.id}
          event={event}
          title={<EventTitle event={event} pageOf="number" />}
          hasLink={canReadTrail}
          note={<Forced reason={event.batchId ? forced.get(event.batchId) : undefined} />}
          action={
            canUndo(event) ? (
              <UndoButton
                number={toFlagNumber(number)}
                needsTwoPeople={needsTwoPeople}
                name={t("undo")}
                reason={toUndoReason(event)}
              />
            ) : null
          }
        />
      )}
    </HistoryFrame>
  );

  function toUndoReason({ reason }: AuditEvent): string {
    return toReason(actions("undoReason", { reason: reason ?? "" }));
  }
}

function Forced({ reason }: { reason: string | undefined }) {
  const t = useTranslations("history");
  return (
    reason !== undefined && (
      <p className="col-span-2 col-start-2 text-amber wrap-anywhere @2xl:col-span-4 @2xl:col-start-4">
        {t("forced", { reason: isolate(reason) })}
      </p>
    )
  );
}
