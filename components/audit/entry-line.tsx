import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { EventTitle } from "../history/event-title.tsx";
import { Moment } from "../moment.tsx";

/** One entry on a line or two, with a link to its page. */
export function EntryLine({ event }: { event: AuditEvent }) {
  const t = useTranslations("event");
  return (
    <p>
      <EventTitle event={event} />{" "}
      <span className="text-muted">
        <Moment at={event.occurredAt} />
        {" · "}
        <Link
          href={`/audit/${String(event.seq)}`}
          prefetch={false}
          className="whitespace-nowrap underline"
        >
          {t("entry", { seq: String(event.seq) })}
        </Link>
      </span>
    </p>
  );
}
