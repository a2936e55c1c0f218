import type { Actor } from "../../access/actor.ts";
import { can } from "../../access/authorize.ts";
import type { AuditEvent, AuditFields, SignedEvent } from "../event.ts";
import type { OpeningScope } from "../export/event-line.ts";
import { findCommitments, findFromCommitment } from "./find-commitments.ts";
import type { StoredOpenings } from "./open-events.ts";

/**
 * Removes the address and browser that colleagues acted from, unless the actor has `origin:read`.
 * Keeps those of the actor's own events.
 */
export function hideOrigins(actor: Actor, events: readonly AuditEvent[]): AuditEvent[] {
  return events.map((event) => hideOrigin(actor, event));
}

/** Removes the address and browser that a colleague acted from. */
export function hideOrigin(actor: Actor, event: AuditEvent): AuditEvent {
  if (seesOrigin(actor, event)) return event;
  return { ...event, ip: null, userAgent: null, after: withoutFrom(event.after) };
}

/** Removes the openings of the address and browser that a colleague acted from. */
export function hideOriginOpenings(
  actor: Actor,
  event: SignedEvent,
  openings: StoredOpenings,
): StoredOpenings {
  if (seesOrigin(actor, event)) return openings;
  const hidden = [findCommitments(event).origin, findFromCommitment(event)];
  return new Map([...openings].filter(([commitment]) => !hidden.includes(commitment)));
}

function seesOrigin(actor: Actor, event: AuditEvent | SignedEvent): boolean {
  const isOwn = actor.type === "person" && event.actor.id === actor.id;
  return isOwn || can(actor, "origin:read");
}

/** Which openings an export for this actor includes. */
export function toOpeningScope(actor: Actor): OpeningScope {
  return can(actor, "origin:read") ? "all" : { ownOriginsOf: actor.id };
}

/** Refusals have the address in `from`. */
function withoutFrom(fields: AuditFields | null): AuditFields | null {
  return fields && "from" in fields ? { ...fields, from: null } : fields;
}
