import type { AuditEvent, AuditFields } from "../audit/event.ts";
import type { Actor } from "./actor.ts";
import { can } from "./authorize.ts";

/**
 * Events without the address and the program that colleagues acted from, unless the actor holds
 * `origin:read`. What somebody did themself keeps them. Hashes stay those of the whole events.
 */
export function hideOrigins(actor: Actor, events: readonly AuditEvent[]): AuditEvent[] {
  return events.map((event) => hideOrigin(actor, event));
}

/** The same for one. */
export function hideOrigin(actor: Actor, event: AuditEvent): AuditEvent {
  const isOwn = actor.type === "person" && event.actor.id === actor.id;
  if (isOwn || can(actor, "origin:read")) return event;
  const { target, before, after } = event;
  const hidden = {
    ip: null,
    userAgent: null,
    before: withoutFrom(before),
    after: withoutFrom(after),
  };
  // A session is called by the address that it began from.
  return {
    ...event,
    ...hidden,
    target: target.type === "session" ? { ...target, display: "Session" } : target,
  };
}

/** Refusals say from which address in `from`. */
function withoutFrom(fields: AuditFields | null): AuditFields | null {
  return fields && "from" in fields ? { ...fields, from: null } : fields;
}
