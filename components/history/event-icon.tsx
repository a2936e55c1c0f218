import type { AuditEvent } from "#lib/audit/event.ts";
import { Circle } from "../ui/icons.tsx";
import { EVENT_ICONS } from "./event-icons.ts";
import { isKnownAction } from "./event-sentence.ts";

/** The icon of what happened, on a wide line only: the sentence beside it says the same. */
export function EventIcon({ event: { action, outcome } }: { event: AuditEvent }) {
  const Icon = isKnownAction(action) ? EVENT_ICONS[action] : Circle;
  const isAccepting = action === "flag.enabled" && outcome === "success";
  return (
    <Icon
      aria-hidden
      className={`col-start-3 row-start-1 mt-0.5 hidden size-4 @2xl:block ${isAccepting ? "text-green" : "text-muted"}`}
    />
  );
}
