import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AuditEvent } from "#lib/audit/event.ts";
import { ChevronRight } from "../ui/icons.tsx";
import { EntryDetails } from "./entry-details.tsx";
import { EventIcon } from "./event-icon.tsx";
import { EventTime } from "./event-time.tsx";
import { toTicketName } from "./to-ticket-name.ts";

/**
 * An entry of the trail on one line, on two where that is narrow: who did what, when and why. The rest
 * opens in place. Its summary lies over the whole line, below the links and buttons.
 */
export function HistoryEntry({
  event,
  title,
  hasLink,
  note,
  action,
  details,
}: {
  event: AuditEvent;
  title: ReactNode;
  /** Whether to link to the entry's own page, which takes `audit:read`. */
  hasLink: boolean;
  /** Below the line, without opening it. */
  note?: ReactNode;
  /** At the end of the line. */
  action?: ReactNode;
  /** Instead of the entry's own. */
  details?: ReactNode;
}) {
  const t = useTranslations("history");
  const id = `entry-${event.id}`;
  return (
    <li className="group relative border-b">
      <div className="grid min-h-10 grid-cols-[4.25rem_minmax(0,1fr)_1.25rem] items-start gap-x-3 gap-y-0.5 px-page py-2 -outline-offset-2 outline-focus group-has-[summary:focus-visible]:outline-2 group-has-[summary:hover]:bg-hover @2xl:grid-cols-[1rem_4.25rem_1rem_minmax(0,5fr)_minmax(0,3fr)_6.5rem_auto] @2xl:py-2.5 @5xl:grid-cols-[1rem_4.25rem_1rem_minmax(0,5fr)_minmax(0,4fr)_9rem_auto]">
        <EventTime at={event.occurredAt} />
        <EventIcon event={event} />
        <h4
          id={id}
          className="min-w-0 wrap-anywhere @2xl:col-start-4 @2xl:truncate @2xl:group-has-[details[open]]:whitespace-normal"
        >
          {title}
        </h4>
        <div className="col-span-2 col-start-2 row-start-2 flex flex-wrap justify-between gap-x-3 empty:hidden @2xl:contents">
          <Why event={event} />
        </div>
        <div className="relative z-1 col-span-2 col-start-2 empty:hidden @2xl:-my-1.5 @2xl:col-span-1 @2xl:col-start-7 @2xl:row-start-1">
          {action ?? (
            <span className="hidden w-24 py-1.5 text-meta leading-5 text-muted @5xl:inline-block">
              {t(`channel.${event.channel}`)}
            </span>
          )}
        </div>
        {note}
      </div>
      <details className="group/details">
        <summary
          aria-labelledby={`${id}-details ${id}`}
          className="absolute inset-x-0 top-0 flex h-11 items-center px-page outline-none @2xl:h-10"
        >
          <span id={`${id}-details`} className="sr-only">
            {t("details")}
          </span>
          <ChevronRight
            aria-hidden
            className="size-4 text-muted group-open/details:rotate-90 max-[42rem]:ml-auto"
          />
        </summary>
        <div className="border-t bg-canvas px-page py-2 text-meta @2xl:pl-[calc(var(--page-inset)+8.5rem)]">
          {details ?? <EntryDetails event={event} hasLink={hasLink} />}
        </div>
      </details>
    </li>
  );
}

/** The reason, and the ticket as a short link. */
function Why({ event: { reason, ticketUrl } }: { event: AuditEvent }) {
  const t = useTranslations("history");
  return (
    <>
      {reason !== null && (
        <p className="min-w-0 text-muted wrap-anywhere whitespace-pre-line @2xl:col-start-5 @2xl:row-start-1 @2xl:truncate last:@2xl:col-end-7 @2xl:group-has-[details[open]]:whitespace-pre-line">
          <span className="sr-only">{t("reason")}: </span>
          <bdi>{reason}</bdi>
        </p>
      )}
      {ticketUrl !== null && (
        <a
          href={ticketUrl}
          rel="noreferrer"
          target="_blank"
          title={ticketUrl}
          className="relative z-1 min-w-0 text-meta leading-5 underline @2xl:col-start-6 @2xl:row-start-1"
        >
          <TicketName ticketUrl={ticketUrl} label={t("ticket")} />
        </a>
      )}
    </>
  );
}

/** Where it is narrow the host is cut off, and not the ticket. */
function TicketName({ ticketUrl, label }: { ticketUrl: string; label: string }) {
  const { host, last } = toTicketName(ticketUrl);
  return (
    <>
      <span className="sr-only">{`${label}: ${host}${last}`}</span>
      <bdi aria-hidden className="flex min-w-0">
        <span className="truncate">{host}</span>
        <span className="max-w-full shrink-0 truncate">{last}</span>
      </bdi>
    </>
  );
}
