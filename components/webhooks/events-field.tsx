import { useTranslations } from "next-intl";
import { useId } from "react";
import { WEBHOOK_EVENTS, type WebhookEvent } from "#lib/webhooks/events/webhook-events.ts";
import { useFieldError } from "../actions/action-dialog.tsx";

const WORDS = {
  "flag.changed": "event_flag_changed",
  "flag.batch": "event_flag_batch",
  "request.opened": "event_request_opened",
  "request.decided": "event_request_decided",
  "request.void": "event_request_void",
  "schedule.done": "event_schedule_done",
  "schedule.failed": "event_schedule_failed",
  "runtime.behind": "event_runtime_behind",
  "runtime.silent": "event_runtime_silent",
  "audit.broken": "event_audit_broken",
} as const satisfies Record<WebhookEvent, string>;

/** The events that an endpoint can be told of, each with when it happens. */
export function EventsField({ chosen }: { chosen: readonly WebhookEvent[] }) {
  const t = useTranslations("endpointActions");
  const error = useFieldError("events");
  const noteId = useId();
  return (
    <fieldset aria-describedby={noteId} className="flex flex-col gap-1">
      <legend className="pb-1 font-medium">{t("events")}</legend>
      {WEBHOOK_EVENTS.map((event) => (
        <label key={event} className="flex min-h-6 items-baseline gap-2">
          <input
            type="checkbox"
            name="events"
            value={event}
            defaultChecked={chosen.includes(event)}
            className="size-4 shrink-0 translate-y-0.5 accent-ink"
          />
          <span className="wrap-anywhere">
            <code className="font-mono text-[0.9em]">{event}</code>{" "}
            <span className="text-muted">{t(WORDS[event])}</span>
          </span>
        </label>
      ))}
      <p id={noteId} className={error === null ? "text-meta text-muted" : "text-meta text-red"}>
        {error ?? t("eventsHint")}
      </p>
    </fieldset>
  );
}

/** The events that are chosen in a form. */
export function readEvents(form: FormData): WebhookEvent[] {
  const chosen = form.getAll("events");
  return WEBHOOK_EVENTS.filter((event) => chosen.includes(event));
}
