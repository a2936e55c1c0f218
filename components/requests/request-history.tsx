import type { TrailPage } from "#lib/audit/search/read-audit-page.ts";
import { EventTitle } from "../history/event-title.tsx";
import { HistoryEntry } from "../history/history-entry.tsx";
import { HistoryFrame } from "../history/history-frame.tsx";

/** What became of the request, newest first. */
export function RequestHistory({
  path,
  history,
  canReadTrail,
  isOlder,
}: {
  path: `/requests/${string}`;
  history: TrailPage;
  canReadTrail: boolean;
  /** Whether this is not the first page. */
  isOlder: boolean;
}) {
  return (
    <HistoryFrame path={path} history={history} isOlder={isOlder}>
      {(event) => (
        <HistoryEntry
          key={event.id}
          event={event}
          title={<EventTitle event={event} />}
          hasLink={canReadTrail}
        />
      )}
    </HistoryFrame>
  );
}
