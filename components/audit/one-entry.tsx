import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { EntryDetails } from "../history/entry-details.tsx";
import { EventTitle } from "../history/event-title.tsx";
import { Moment } from "../moment.tsx";

/** An entry on its own page, with nothing folded away. */
export function OneEntry({ event }: { event: AuditEvent }) {
  const t = useTranslations("history");
  return (
    <article className="flex flex-col gap-1">
      <h2>
        <EventTitle event={event} />
      </h2>
      <p className="text-muted">
        <Moment at={event.occurredAt} isExact />
      </p>
      {event.reason !== null && (
        <p className="wrap-anywhere whitespace-pre-line">
          <span className="text-muted">{t("reason")}: </span>
          <bdi>{event.reason}</bdi>
        </p>
      )}
      <EntryDetails event={event} hasLink={false} />
    </article>
  );
}
