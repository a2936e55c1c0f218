import { AppError } from "../errors.ts";
import type { Actor } from "./actor.ts";
import { type Permission, ROLE_PERMISSIONS, SCOPE_PERMISSIONS } from "./permissions.ts";

/** Answers whether the actor holds the permission. Whatever is not granted is denied. */
export function can(actor: Actor, permission: Permission): boolean {
  return permissionsOf(actor).includes(permission);
}

/** @throws AppError FORBIDDEN unless the actor holds the permission */
export function authorize(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  throw new AppError(
    "FORBIDDEN",
    `${nameOf(actor)} may not do this (it takes ${permission}). Ask an admin.`,
  );
}

function permissionsOf(actor: Actor): readonly Permission[] {
  switch (actor.type) {
    case "person":
      return ROLE_PERMISSIONS[actor.role];
    case "service":
      return actor.scopes.map((scope) => SCOPE_PERMISSIONS[scope]);
    case "system":
      return actor.permissions;
  }
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
