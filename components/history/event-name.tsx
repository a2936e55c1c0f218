import { useTranslations } from "next-intl";
import type { AuditEvent } from "#lib/audit/event.ts";
import { isKnownAction } from "./event-sentence.ts";

/** What happened, in two or three words, for places that already show to whom and by whom. */
export function EventName({ event: { action, outcome } }: { event: AuditEvent }) {
  const t = useTranslations("event");
  return (
    <>
      {isKnownAction(action) ? t(`action.${action}`) : action}
      {outcome !== "success" && <span className="text-red"> · {t(`outcome.${outcome}`)}</span>}
    </>
  );
}
