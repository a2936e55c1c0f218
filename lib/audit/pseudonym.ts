import type { AuditEvent } from "./event.ts";

/** A person as they are called since. */
export type Pseudonymised = { id: string; name: string; email: string };

/** Whom a `person.pseudonymised` is about. */
export function toPseudonymised({ target, after }: AuditEvent): Pseudonymised {
  return { id: target.id, name: String(after?.name), email: String(after?.email) };
}

/** Whether a restated entry is one of a person's, and has their pseudonym wherever it named them. */
export function isPseudonymIn(
  { actor, target, before, after, ip, userAgent }: AuditEvent,
  { id, name, email }: Pseudonymised,
): boolean {
  if (actor.id === id) {
    return actor.name === name && actor.email === email && ip === null && userAgent === null;
  }
  if (target.type === "person" && target.id === id) return target.display === name;
  return [before, after].some((fields) => Object.values(fields ?? {}).includes(email));
}
