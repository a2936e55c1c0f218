import type { AuditEvent, AuditFields } from "../audit/event.ts";
import type { KnownAs } from "./find-person-names.ts";
import type { Pseudonym } from "./pseudonym.ts";

/** An event with a person's data replaced by their pseudonym; the chain's hashes stay. */
export function restateEvent(
  event: AuditEvent,
  { person, pseudonym }: { person: KnownAs; pseudonym: Pseudonym },
): AuditEvent {
  const { actor, target } = event;
  const isActor = actor.id === person.id;
  const isTarget = target.type === "person" && target.id === person.id;
  const replace = (fields: AuditFields | null) =>
    fields && replaceValues(fields, { person, pseudonym, isAbout: isTarget });
  return {
    ...event,
    ...(isActor ? { actor: { ...actor, ...pseudonym }, ip: null, userAgent: null } : {}),
    target: {
      ...target,
      ...(isTarget ? { display: pseudonym.name } : {}),
      // It names the address they came from.
      ...(isActor && target.type === "session" ? { display: "Session" } : {}),
    },
    before: replace(event.before),
    after: replace(event.after),
  };
}

/** Their address wherever it is; their name, which others may have too, only in entries about them. */
function replaceValues(
  fields: AuditFields,
  { person, pseudonym, isAbout }: { person: KnownAs; pseudonym: Pseudonym; isAbout: boolean },
): AuditFields {
  const replaced = Object.entries(fields).map(([key, value]) => {
    if (typeof value !== "string") return [key, value];
    if (person.emails.includes(value.toLowerCase())) return [key, pseudonym.email];
    return [key, isAbout && person.names.includes(value) ? pseudonym.name : value];
  });
  return Object.fromEntries(replaced);
}

/** What may change, by column: the database takes nothing else. */
export function toRestatedColumns({
  seq,
  actor,
  target,
  before,
  after,
  ip,
  userAgent,
}: AuditEvent) {
  return {
    seq,
    actor_email: actor.email,
    actor_name: actor.name,
    target_display: target.display,
    before,
    after,
    ip,
    user_agent: userAgent,
  };
}
