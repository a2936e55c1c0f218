import { useTranslations } from "next-intl";
import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { EventTitle } from "../history/event-title.tsx";
import { HistoryEntry } from "../history/history-entry.tsx";
import { HistoryFrame } from "../history/history-frame.tsx";

/** The account's own entries of the trail, newest first. */
export function AccountHistory({
  accountId,
  history,
  canReadTrail,
  isOlder,
}: {
  accountId: string;
  history: TrailPage;
  canReadTrail: boolean;
  /** Whether this is not the first page. */
  isOlder: boolean;
}) {
  const t = useTranslations("accounts");
  return (
    <HistoryFrame
      path={`/accounts/${accountId}`}
      history={history}
      isOlder={isOlder}
      none={t("historyNone")}
    >
      {(event) => (
        <HistoryEntry
          key={event.id}
          event={event}
          title={<EventTitle event={event} pageOf="account" />}
          hasLink={canReadTrail}
        />
      )}
    </HistoryFrame>
  );
}
