import type { Role } from "../db/generated/enums.ts";

/** Everything that needs a permission; code, screen and docs use the same names. */
export type Permission =
  | "number:read"
  | "flag:read"
  | "flag:set"
  | "audit:read"
  | "origin:read"
  | "roster:write"
  | "report:write"
  | "report:forget"
  | "runtime:dismiss"
  | "runtime:release"
  | "audit:verify"
  | "audit:keep"
  | "audit:restore"
  | "access:forget"
  | "person:manage"
  | "person:erase"
  | "token:manage"
  | "settings:read"
  | "desk:read"
  | "request:create"
  | "request:decide"
  | "request:expire"
  | "schedule:create"
  | "schedule:cancel"
  | "schedule:run"
  | "batch:undo"
  | "person:undo"
  | "number:retire"
  | "flag:force"
  | "flag:force-review"
  | "account:manage"
  | "account:two-people"
  | "webhook:manage"
  | "webhook:deliver"
  | "desk:forget";

/** What each role may do. Account managers read and ask; auditors only read. */
export const ROLE_PERMISSIONS = {
  support: [
    "number:read",
    "flag:read",
    "flag:set",
    "audit:read",
    "runtime:dismiss",
    "desk:read",
    "request:create",
    "request:decide",
    "schedule:create",
    "schedule:cancel",
    "batch:undo",
    "number:retire",
  ],
  account_manager: ["number:read", "flag:read", "desk:read", "request:create"],
  auditor: ["number:read", "flag:read", "audit:read", "audit:verify", "origin:read", "desk:read"],
  admin: [
    "number:read",
    "flag:read",
    "flag:set",
    "audit:read",
    "audit:verify",
    "origin:read",
    "roster:write",
    "runtime:dismiss",
    "runtime:release",
    "person:manage",
    "token:manage",
    "settings:read",
    "desk:read",
    "request:create",
    "request:decide",
    "schedule:create",
    "schedule:cancel",
    "batch:undo",
    "person:undo",
    "number:retire",
    "flag:force",
    "flag:force-review",
    "account:manage",
    "account:two-people",
    "webhook:manage",
  ],
} as const satisfies Record<Role, readonly Permission[]>;

/** Whether a role has the permission, whatever the session. */
export function holds(role: Role, permission: Permission): boolean {
  const permissions: readonly Permission[] = ROLE_PERMISSIONS[role];
  return permissions.includes(permission);
}

/**
 * What a person may do while their password is one that an admin made, since that admin could be the one who
 * signed in: nothing that changes a flag, and nothing that would give an admin somebody else's access.
 */
export const PERMISSIONS_WITH_ADMIN_PASSWORD: readonly Permission[] = [
  "number:read",
  "flag:read",
  "audit:read",
  "audit:verify",
  "origin:read",
  "settings:read",
  "desk:read",
];

/** What each scope of a service token allows. None changes a flag: only people do. */
export const SCOPE_PERMISSIONS = {
  "flags:read": "flag:read",
  "reports:write": "report:write",
  "numbers:read": "number:read",
  "roster:write": "roster:write",
  "audit:read": "audit:read",
} as const satisfies Record<string, Permission>;

export type Scope = keyof typeof SCOPE_PERMISSIONS;

export function isScope(value: string): value is Scope {
  return Object.hasOwn(SCOPE_PERMISSIONS, value);
}

export const SCOPES: readonly Scope[] = Object.keys(SCOPE_PERMISSIONS).filter(isScope);
