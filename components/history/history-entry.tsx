import { Archive, CircleCheck, Pencil, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AuditEvent } from "#lib/audit/event.ts";
import { Moment } from "../moment.tsx";
import { ChangedFields } from "./changed-fields.tsx";
import { EventOrigin } from "./event-origin.tsx";

const LOOKS: Record<string, { Icon: typeof Pencil; key: ActionKey }> = {
  "flag.enabled": { Icon: CircleCheck, key: "flag_enabled" },
  "flag.disabled": { Icon: Smartphone, key: "flag_disabled" },
  "number.updated": { Icon: Pencil, key: "number_updated" },
  "number.retired": { Icon: Archive, key: "number_retired" },
};

type ActionKey = "flag_enabled" | "flag_disabled" | "number_updated" | "number_retired";

/** One entry of the trail in words: what, from what to what, why, who, when and from where. */
export function HistoryEntry({ event, children }: { event: AuditEvent; children: ReactNode }) {
  const t = useTranslations("history");
  const { Icon, key } = LOOKS[event.action] ?? { Icon: Pencil, key: "other" as const };
  return (
    <li className="flex gap-3 border-t py-3">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h3 className="font-medium">
            {t(`action.${key}`, { action: event.action })}
            {event.outcome !== "success" && (
              <span className="text-danger"> · {t(event.outcome)}</span>
            )}
          </h3>
          <span className="text-muted">
            <Moment at={event.occurredAt} isExact />
          </span>
        </div>
        <ChangedFields before={event.before} after={event.after} />
        {event.reason !== null && (
          <p className="wrap-anywhere whitespace-pre-line">
            <span className="text-muted">{t("reason")}: </span>
            {event.reason}
          </p>
        )}
        {event.ticketUrl !== null && (
          <p className="wrap-anywhere">
            <span className="text-muted">{t("ticket")}: </span>
            <a href={event.ticketUrl} rel="noreferrer" target="_blank" className="underline">
              {event.ticketUrl}
            </a>
          </p>
        )}
        <EventOrigin event={event} />
        {children && <div className="pt-1">{children}</div>}
      </div>
    </li>
  );
}
