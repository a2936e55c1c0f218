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

/** How the trail names a token: by its name and prefix, never by its secret. */
export function toTokenTarget(token: Pick<Token, "id" | "name" | "prefix">): AuditTarget {
  return { type: "token", id: token.id, display: `${token.name} (${token.prefix}…)` };
}

/** The actor as the target, for actions on their own access. */
export function toOwnTarget(actor: Actor): AuditTarget {
  if (actor.type === "person") return toPersonTarget(actor);
  return { type: "token", id: actor.id, display: actor.name };
}

const TARGET_TYPES: Readonly<Record<string, AuditTarget["type"]>> = {
  number: "number",
  flag: "number",
  request: "request",
  schedule: "schedule",
  batch: "batch",
  account: "account",
  webhook: "webhook",
  audit: "audit",
  roster: "roster",
  person: "person",
  token: "token",
};

/** The target of a denied permission, when the verb names none. */
export function toPermissionTarget(permission: Permission): AuditTarget {
  const type = TARGET_TYPES[permission.split(":")[0] ?? ""] ?? "session";
  return { type, id: permission, display: permission };
}
