import type { AuditTarget } from "../audit/event.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import type { Person, Token } from "../db/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Permission } from "./permissions.ts";

/** How the trail names a person. */
export function toPersonTarget(person: Pick<Person, "id" | "email" | "name">): AuditTarget {
  return {
    type: "person",
    id: person.id,
    display: markPersonal(person.id, `${person.name} <${person.email}>`),
  };
}

/** How the trail names a token: never by its secret. */
export function toTokenTarget(token: Pick<Token, "id" | "name" | "prefix">): AuditTarget {
  return { type: "token", id: token.id, display: `${token.name} (${token.prefix}…)` };
}

/** Whoever asks, where it is about their own access. */
export function toOwnTarget(actor: Actor): AuditTarget {
  if (actor.type === "person") return toPersonTarget(actor);
  return { type: "token", id: actor.id, display: actor.name };
}

const TARGET_TYPES: Readonly<Record<string, AuditTarget["type"]>> = {
  number: "number",
  flag: "number",
  request: "request",
  audit: "audit",
  roster: "roster",
  person: "person",
  token: "token",
};

/** What a denied permission is about, when the verb names nothing nearer. */
export function toPermissionTarget(permission: Permission): AuditTarget {
  const type = TARGET_TYPES[permission.split(":")[0] ?? ""] ?? "session";
  return { type, id: permission, display: permission };
}
