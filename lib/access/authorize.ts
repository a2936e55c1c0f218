import type { AuditTarget, DraftFields } from "../audit/event.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import type { Role } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "./actor.ts";
import {
  type Permission,
  ROLE_PERMISSIONS,
  SCOPE_PERMISSIONS,
  WITH_ANOTHERS_PASSWORD,
} from "./permissions.ts";
import { refusals } from "./refusal-log.ts";
import { toPermissionTarget } from "./targets.ts";

type About = { target?: AuditTarget | undefined; tried?: unknown };

/** Answers whether the actor holds the permission. Whatever is not granted is denied. */
export function can(actor: Actor, permission: Permission): boolean {
  return permissionsOf(actor).includes(permission);
}

/**
 * Refuses whoever does not hold the permission, and takes note of it for the trail.
 *
 * @param about.target what it was about, where that is known to exist
 * @param about.tried the id it was asked about, which nobody has looked at yet
 * @throws AppError FORBIDDEN
 */
export function authorize(actor: Actor, permission: Permission, about: About = {}): void {
  if (can(actor, permission)) return;
  throw deny(actor, {
    permission,
    message: toMessage(actor, permission),
    ...about,
  });
}

/** By what somebody is refused: a permission that they lack, or something else, about something. */
type Denial = { message: string } & (
  | ({ permission: Permission } & About)
  | { why: string; target: AuditTarget }
);

/** The refusal to throw, where more than a permission decides; noted for the trail. */
export function deny(actor: Actor, denial: Denial): AppError {
  // The console's own jobs are denied by mistakes of ours only: those are the log's.
  if (actor.type !== "system") {
    refusals().record({
      actor,
      action: "access.denied",
      outcome: "denied",
      ...("permission" in denial
        ? {
            target: denial.target ?? toPermissionTarget(denial.permission),
            details: { permission: denial.permission, ...toPasswordMaker(actor) },
            tried: toTried(denial.tried),
          }
        : { target: denial.target, details: { why: denial.why, ...toPasswordMaker(actor) } }),
    });
  }
  return new AppError("FORBIDDEN", denial.message);
}

/** Whoever is refused can write no text of theirs into the trail: ids of ours have this form. */
function toTried(tried: unknown): DraftFields {
  return typeof tried === "string" && /^[\w-]{1,64}$/.test(tried) ? { tried } : {};
}

function permissionsOf(actor: Actor): readonly Permission[] {
  switch (actor.type) {
    case "person":
      return actor.passwordMaker
        ? WITH_ANOTHERS_PASSWORD.filter((permission) => holds(actor.role, permission))
        : ROLE_PERMISSIONS[actor.role];
    case "service":
      return actor.scopes.map((scope) => SCOPE_PERMISSIONS[scope]);
    case "system":
      return actor.permissions;
  }
}

function holds(role: Role, permission: Permission): boolean {
  const permissions: readonly Permission[] = ROLE_PERMISSIONS[role];
  return permissions.includes(permission);
}

function toMessage(actor: Actor, permission: Permission): string {
  if (actor.type === "person" && actor.passwordMaker && holds(actor.role, permission)) {
    return `You signed in with a password that ${actor.passwordMaker.name} made, so that it may not be you. Sign in by single sign-on, or with a password that an operator made on the server, for this (it takes ${permission}).`;
  }
  return `${nameOf(actor)} may not do this (it takes ${permission}). Ask an admin.`;
}

/** For the trail: that it may have been the admin who made the password. */
export function toPasswordMaker(actor: Actor): DraftFields {
  const maker = actor.type === "person" ? actor.passwordMaker : null;
  if (!maker) return {};
  return { passwordMadeBy: markPersonal(maker.id, maker.email), passwordMadeById: maker.id };
}

function nameOf(actor: Actor): string {
  switch (actor.type) {
    case "person":
      return `The role ${actor.role.replace("_", " ")}`;
    case "service":
      return `The service token "${actor.name}"`;
    case "system":
      return actor.name;
  }
}
