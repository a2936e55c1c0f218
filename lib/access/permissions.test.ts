import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin } from "#testing/factories.ts";
import { authorize, can } from "./authorize.ts";
import { type Permission, ROLE_PERMISSIONS, SCOPE_PERMISSIONS, type Scope } from "./permissions.ts";

// A refusal is recorded in the trail.
useTestDatabase();

const person = (role: keyof typeof ROLE_PERMISSIONS) =>
  ({
    type: "person",
    id: crypto.randomUUID(),
    email: "p@staff.test",
    name: "P",
    role,
    sessionVersion: 1,
    tokenId: null,
    passwordMaker: null,
    sessionId: null,
    origin: anOrigin(),
  }) as const;

// Written out again on purpose: a change of the table must be meant.
test.each<[keyof typeof ROLE_PERMISSIONS, Permission[]]>([
  [
    "support",
    [
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
  ],
  ["account_manager", ["number:read", "flag:read", "desk:read", "request:create"]],
  [
    "auditor",
    ["number:read", "flag:read", "audit:read", "audit:verify", "origin:read", "desk:read"],
  ],
  [
    "admin",
    [
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
  ],
])("the role %s may do this and nothing else: %j", (role, permissions) => {
  expect([...ROLE_PERMISSIONS[role]].sort()).toEqual([...permissions].sort());
  for (const permission of permissions) expect(can(person(role), permission)).toBe(true);
});

test("no scope of a service token changes a flag, a person or a token", () => {
  const scopes = Object.keys(SCOPE_PERMISSIONS) as Scope[];
  const actor = { type: "service", id: "1", name: "S", scopes, origin: anOrigin() } as const;
  for (const permission of ["flag:set", "person:manage", "token:manage"] as const) {
    expect(can(actor, permission)).toBe(false);
  }
});

test("a refusal says who lacks what, and whom to ask", () => {
  expect(() => authorize(person("account_manager"), "flag:set")).toThrow(
    "The role account manager may not do this (it takes flag:set). Ask an admin.",
  );
});
