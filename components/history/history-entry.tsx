import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AuditEvent } from "#lib/audit/event.ts";
import { Moment } from "../moment.tsx";
import { Circle } from "../ui/icons.tsx";
import { ChangedFields } from "./changed-fields.tsx";
import { EVENT_ICONS } from "./event-icons.ts";
import { EventOrigin } from "./event-origin.tsx";
import { isKnownAction } from "./event-sentence.ts";

/**
 * One entry of the trail: what changed from what to what, why, who, when and from where.
 *
 * @param props.hasLink whether to link to the entry's own page, which takes `audit:read`
 * @param props.isBrief leaves out what the entry's own page shows, for long lists
 */
export function HistoryEntry({
  event,
  title,
  hasLink = false,
  isBrief = false,
  level = 3,
  children,
}: {
  event: AuditEvent;
  title: ReactNode;
  hasLink?: boolean;
  isBrief?: boolean;
  level?: 2 | 3;
  children?: ReactNode;
}) {
  const t = useTranslations("event");
  const Heading = level === 2 ? "h2" : "h3";
  const Icon = isKnownAction(event.action) ? EVENT_ICONS[event.action] : Circle;
  return (
    <li className="flex gap-3 border-t py-3">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <Heading className="font-medium">{title}</Heading>
          <span className="text-muted">
            <Moment at={event.occurredAt} isExact />
            {hasLink && (
              <>
                {" · "}
                <Link href={`/audit/${String(event.seq)}`} prefetch={false} className="underline">
                  {t("entry", { seq: String(event.seq) })}
                </Link>
              </>
            )}
          </span>
        </div>
        <ChangedFields event={event} />
        <Why event={event} />
        <EventOrigin event={event} isBrief={isBrief} />
        {children && <div className="pt-1">{children}</div>}
      </div>
    </li>
  );
}

function Why({ event: { reason, ticketUrl } }: { event: AuditEvent }) {
  const t = useTranslations("history");
  return (
    <>
      {reason !== null && (
        <p className="wrap-anywhere whitespace-pre-line">
          <span className="text-muted">{t("reason")}: </span>
          <bdi>{reason}</bdi>
        </p>
      )}
      {ticketUrl !== null && (
        <p className="wrap-anywhere">
          <span className="text-muted">{t("ticket")}: </span>
          <a href={ticketUrl} rel="noreferrer" target="_blank" className="underline">
            {ticketUrl}
          </a>
        </p>
      )}
    </>
  );
}
