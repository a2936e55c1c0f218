import type { Actor } from "../../access/actor.ts";
import { can } from "../../access/authorize.ts";
import type { AuditEvent, AuditFields, SignedEvent } from "../event.ts";
import type { OpeningScope } from "../export/event-line.ts";
import { findCommitments, findFromCommitment } from "./find-commitments.ts";
import type { StoredOpenings } from "./open-events.ts";

/**
 * Events without the address and the program that colleagues acted from, unless the actor holds
 * `origin:read`. What somebody did themself keeps them.
 */
export function hideOrigins(actor: Actor, events: readonly AuditEvent[]): AuditEvent[] {
  return events.map((event) => hideOrigin(actor, event));
}

/** An event without the address and the program that a colleague acted from. */
export function hideOrigin(actor: Actor, event: AuditEvent): AuditEvent {
  if (seesOrigin(actor, event)) return event;
  return { ...event, ip: null, userAgent: null, after: withoutFrom(event.after) };
}

/** What opens the commitments of an entry, without those of a colleague's address and program. */
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

/** Which values an export for this actor has beside its entries. */
export function toOpeningScope(actor: Actor): OpeningScope {
  return can(actor, "origin:read") ? "all" : { ownOriginsOf: actor.id };
}

/** Refusals say from which address in `from`. */
function withoutFrom(fields: AuditFields | null): AuditFields | null {
  return fields && "from" in fields ? { ...fields, from: null } : fields;
}
