import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { EventOrigin } from "../history/event-origin.tsx";
import { Actor, EventTitle } from "../history/event-title.tsx";
import type { FoldedAction } from "../history/fold-batches.ts";
import { HistoryEntry } from "../history/history-entry.tsx";

/** Entries of one batch on one line, which opens to each of them. */
export function BatchLine({ action, events }: { action: FoldedAction; events: AuditEvent[] }) {
  const t = useTranslations("event");
  const [newest] = events;
  if (!newest) return null;
  const title = t.rich(`together.${action}`, {
    count: events.length,
    actor: () => <Actor actor={newest.actor} />,
  });
  return (
    <HistoryEntry
      event={newest}
      title={title}
      hasLink
      details={
        <div className="flex flex-col gap-1">
          <ul>
            {events.map((event) => (
              <li key={event.id} className="flex flex-wrap gap-x-3 py-0.5">
                <EventTitle event={event} />
                <Link href={`/audit/${String(event.seq)}`} prefetch={false} className="underline">
                  {t("entry", { seq: String(event.seq) })}
                </Link>
              </li>
            ))}
          </ul>
          <EventOrigin event={{ ...newest, revision: null }} />
        </div>
      }
    />
  );
}
