import type { AuditEvent } from "../audit/event.ts";
import type { Actor } from "./actor.ts";
import { can } from "./authorize.ts";

/**
 * Events without the address and the program that colleagues acted from, unless the actor holds
 * `origin:read`. What somebody did themself keeps them. Hashes stay those of the whole events.
 */
export function hideOrigins(actor: Actor, events: readonly AuditEvent[]): AuditEvent[] {
  if (can(actor, "origin:read")) return [...events];
  return events.map((event) =>
    actor.type === "person" && event.actor.id === actor.id
      ? event
      : { ...event, ip: null, userAgent: null },
  );
}
