import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aSignedInPerson, aSystem, aToken } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { authenticateToken } from "./authenticate-token.ts";
import { type CreateTokenInput, createToken } from "./create-token.ts";
import { revokeToken } from "./revoke-token.ts";

const database = useTestDatabase();

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const service = (overrides: Partial<CreateTokenInput> = {}) =>
  ({
    kind: "service",
    name: "Runtime",
    scopes: ["flags:read"],
    expiresAt: inDays(90),
    ...overrides,
  }) as CreateTokenInput;
const REASON = "A test of the tokens";
const eventsOf = (id: string) => readEvents({ targetId: id });

describe("a token", () => {
  test("of a service authenticates as that service, with its scopes and no more", async () => {
    const { secret, prefix, id } = await createToken(await aSignedInPerson("admin"), service());
    expect(secret.startsWith(prefix)).toBe(true);
    const origin = anOrigin();
    const actor = await authenticateToken(secret, origin);
    expect(actor).toEqual({ type: "service", id, name: "Runtime", scopes: ["flags:read"], origin });
  });

  test("of a person authenticates as that person, with the role they have now", async () => {
    const person = await aSignedInPerson("auditor");
    const input = {
      kind: "personal",
      name: "Script",
      personId: person.id,
      expiresAt: inDays(1),
    } as const;
    const { secret, id } = await createToken(person, input);
    await setPersonRole(aSystem("person:manage"), {
      personId: person.id,
      role: "support",
      reason: REASON,
    });
    expect(await authenticateToken(secret, anOrigin())).toMatchObject({
      type: "person",
      id: person.id,
      role: "support",
      tokenId: id,
    });
  });

  test("is never stored, nor in the trail: only its hash and prefix are", async () => {
    const { secret, id } = await createToken(await aSignedInPerson("admin"), service());
    const stored = JSON.stringify(
      [await db().token.findMany(), await db().auditEvent.findMany()],
      (_, value) => (typeof value === "bigint" ? String(value) : value),
    );
    expect(stored).not.toContain(secret.slice(20));
    expect(await eventsOf(id)).toMatchObject([
      { action: "token.created", after: { kind: "service", scopes: "flags:read" } },
    ]);
  });

  test("records when it was used", async () => {
    const { id, secret } = await aToken({ scopes: ["flags:read"] });
    await authenticateToken(secret, anOrigin());
    const { lastUsedAt } = await db().token.findUniqueOrThrow({ where: { id } });
    expect(lastUsedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe("no entry:", () => {
  const enter = (secret: string) => authenticateToken(secret, anOrigin());

  test.each(["", "bsuid_svc_unknown", "bsuid_svc_\u0000", "ü"])("with %j", async (secret) => {
    await expect(enter(secret)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("with a revoked token, from the next request on", async () => {
    const { id: tokenId, secret } = await aToken({ scopes: ["flags:read"] });
    await enter(secret);
    await revokeToken(await aSignedInPerson("admin"), { tokenId, reason: REASON });
    await expect(enter(secret)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    // The refusal of just now may be in the trail by now, or not yet.
    expect(await eventsOf(tokenId)).toContainEqual(
      expect.objectContaining({ action: "token.revoked", reason: REASON }),
    );
  });

  test("with an expired token", async () => {
    const { id, secret } = await aToken({ scopes: ["flags:read"] });
    await db().token.update({ where: { id }, data: { expiresAt: new Date() } });
    await expect(enter(secret)).rejects.toThrow(/expired/);
  });

  test("with a personal token of somebody who was disabled", async () => {
    const person = await aSignedInPerson("support");
    const { secret } = await aToken({ personId: person.id });
    await setPersonDisabled(aSystem("person:manage"), {
      personId: person.id,
      isDisabled: true,
      reason: REASON,
    });
    await expect(enter(secret)).rejects.toThrow(/disabled/);
  });
});

describe("making and ending tokens is refused", () => {
  test.each(["support", "account_manager", "auditor"] as const)(
    "to %s for services",
    async (role) => {
      await expect(createToken(await aSignedInPerson(role), service())).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
    },
  );

  test("to an admin for another person, since it would be impersonation", async () => {
    const personId = (await aSignedInPerson("support")).id;
    const input = { kind: "personal", name: "Mine", personId, expiresAt: inDays(1) } as const;
    await expect(createToken(await aSignedInPerson("admin"), input)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("to a person for another's token", async () => {
    const { id: tokenId, secret } = await aToken({
      personId: (await aSignedInPerson("support")).id,
    });
    const attempt = revokeToken(await aSignedInPerson("support"), { tokenId, reason: REASON });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    await authenticateToken(secret, anOrigin());
  });

  test.each<[string, Partial<Record<string, unknown>>]>([
    ["without an end", { expiresAt: undefined }],
    ["that ended", { expiresAt: inDays(-1) }],
    ["of more than a year", { expiresAt: inDays(400) }],
    ["without a scope", { scopes: [] }],
    ["with a scope that is none", { scopes: ["flags:write"] }],
    ["without a name", { name: "  " }],
  ])("for a token %s", async (_, wrong) => {
    const before = await db().token.count();
    const attempt = createToken(
      await aSignedInPerson("admin"),
      service(wrong as Partial<CreateTokenInput>),
    );
    await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await db().token.count()).toBe(before);
  });

  test("when the trail cannot be written, and nothing is left", async () => {
    const admin = await aSignedInPerson("admin");
    const { id: tokenId, secret } = await aToken({ scopes: ["flags:read"] });
    const before = await db().token.count();
    await whileAuditFails(database.ownerUrl(), async () => {
      await expect(createToken(admin, service())).rejects.toThrow();
      await expect(revokeToken(admin, { tokenId, reason: REASON })).rejects.toThrow();
    });
    expect(await db().token.count()).toBe(before);
    await authenticateToken(secret, anOrigin());
  });
});

test("revoking twice is recorded once", async () => {
  const admin = await aSignedInPerson("admin");
  const { id: tokenId } = await aToken({ scopes: ["flags:read"] });
  await Promise.all([1, 2].map(() => revokeToken(admin, { tokenId, reason: REASON })));
  expect(await eventsOf(tokenId)).toHaveLength(1);
});
