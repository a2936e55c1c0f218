import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { ChangedFields } from "./changed-fields.tsx";
import { EventOrigin } from "./event-origin.tsx";

/** What an entry holds beyond its line: what changed from what to what, the full ticket, and from where. */
export function EntryDetails({ event, hasLink }: { event: AuditEvent; hasLink: boolean }) {
  const t = useTranslations("history");
  const words = useTranslations("event");
  return (
    <div className="flex flex-col gap-1">
      <ChangedFields event={event} />
      {event.ticketUrl !== null && (
        <p className="wrap-anywhere">
          <span className="text-muted">{t("ticket")}: </span>
          <a href={event.ticketUrl} rel="noreferrer" target="_blank" className="underline">
            {event.ticketUrl}
          </a>
        </p>
      )}
      <EventOrigin event={event} />
      {hasLink && (
        <p>
          <Link href={`/audit/${String(event.seq)}`} prefetch={false} className="underline">
            {words("entry", { seq: String(event.seq) })}
          </Link>
        </p>
      )}
    </div>
  );
}
