import type { AuditTarget, DraftFields } from "../audit/event.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "./actor.ts";
import {
  holds,
  PERMISSIONS_WITH_ADMIN_PASSWORD,
  type Permission,
  ROLE_PERMISSIONS,
  SCOPE_PERMISSIONS,
} from "./permissions.ts";
import { refusals } from "./refusal-log.ts";
import { toPermissionTarget } from "./targets.ts";

type About = { target?: AuditTarget | undefined; tried?: unknown };

/** Whether the actor has the permission. What is not granted is denied. */
export function can(actor: Actor, permission: Permission): boolean {
  return permissionsOf(actor).includes(permission);
}

/**
 * Throws unless the actor has the permission, and records the refusal in the trail.
 *
 * @param about.target what the actor wanted to act on, if it is known to exist
 * @param about.tried the id from the request, before anything was looked up
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

/** Why somebody is refused: a missing permission, or another reason that concerns a target. */
type Denial = { message: string } & (
  | ({ permission: Permission } & About)
  | { why: string; target: AuditTarget }
);

/** Records a refusal in the trail and returns the error to throw; for rules beyond permissions. */
export function deny(actor: Actor, denial: Denial): AppError {
  // Only a bug of ours denies the console's own jobs: that belongs in the log, not the trail.
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

/** Keeps only what looks like one of our ids, so that a refused client cannot write text into the trail. */
function toTried(tried: unknown): DraftFields {
  return typeof tried === "string" && /^[\w-]{1,64}$/.test(tried) ? { tried } : {};
}

function permissionsOf(actor: Actor): readonly Permission[] {
  switch (actor.type) {
    case "person":
      return actor.passwordMaker
        ? PERMISSIONS_WITH_ADMIN_PASSWORD.filter((permission) => holds(actor.role, permission))
        : ROLE_PERMISSIONS[actor.role];
    case "service":
      return actor.scopes.map((scope) => SCOPE_PERMISSIONS[scope]);
    case "system":
      return actor.permissions;
  }
}

function toMessage(actor: Actor, permission: Permission): string {
  if (actor.type === "person" && actor.passwordMaker && holds(actor.role, permission)) {
    return `You signed in with a password that ${actor.passwordMaker.name} made, so that it may not be you. Sign in by single sign-on, or with a password that an operator made on the server, for this (it takes ${permission}).`;
  }
  return `${nameOf(actor)} may not do this (it takes ${permission}). Ask an admin.`;
}

/** Audit fields that name the admin who made the actor's password, and may have acted; empty without one. */
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
