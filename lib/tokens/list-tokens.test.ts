import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSignedInPerson, aSystem, aToken } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { authenticateToken, recordUse } from "./authenticate-token.ts";
import { type ListTokensInput, listTokens } from "./list-tokens.ts";
import { rotateToken } from "./rotate-token.ts";
import { tokenMemory } from "./token-memory.ts";

useTestDatabase();

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const idsOf = async (...args: Parameters<typeof listTokens>) =>
  (await listTokens(...args)).items.map(({ id }) => id);
const one = async (id: string, input: ListTokensInput = {}) => {
  const { items } = await listTokens(aSystem("token:manage"), { ...input, limit: 200 });
  return items.find((token) => token.id === id);
};

test("a person sees their own tokens, an admin all, a program none", async () => {
  const [person, other] = [await aPerson("support"), await aPerson("support")];
  const [own, others, service] = [
    await aToken({ personId: person.id }),
    await aToken({ personId: other.id }),
    await aToken({ scopes: ["flags:read"] }),
  ];
  expect(await idsOf(person, {})).toEqual([own.id]);
  expect(await idsOf(person, { personId: other.id })).toEqual([]);
  expect(await idsOf(await aPerson("admin"), { limit: 200 })).toEqual(
    expect.arrayContaining([own.id, others.id, service.id]),
  );
  const program = await authenticateToken(service.secret, anOrigin());
  await expect(listTokens(program, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a token is listed with its state, owner and dates, and without its hash", async () => {
  const person = await aPerson("auditor");
  const { id, secret } = await aToken({ personId: person.id });
  const token = await one(id);
  expect(token).toEqual({
    id,
    name: "A test's token",
    prefix: secret.slice(0, 16),
    scopes: [],
    kind: "personal",
    state: "working",
    owner: { id: person.id, name: person.name, email: person.email, role: "auditor" },
    replacedBy: null,
    replaces: null,
    createdAt: expect.any(String),
    expiresAt: expect.any(String),
    revokedAt: null,
    lastUse: null,
  });
});

test("each state has its name, and what has ended is found apart", async () => {
  const admin = await aSignedInPerson("admin");
  const person = await aPerson("support");
  const token = () => aToken({ scopes: ["flags:read"] });
  const [working, revoked, expired, old] = [
    await token(),
    await token(),
    await token(),
    await token(),
  ];
  const suspended = await aToken({ personId: person.id });
  const now = new Date();
  await db().token.update({ where: { id: revoked.id }, data: { revokedAt: now } });
  await db().token.update({ where: { id: expired.id }, data: { expiresAt: now } });
  await setPersonDisabled(admin, { personId: person.id, isDisabled: true, reason: "Left us" });
  const input = { tokenId: old.id, expiresAt: inDays(9), overlapMs: 60_000 };
  const made = await rotateToken(admin, input);
  expect(await one(working.id, { hasEnded: false })).toMatchObject({ state: "working" });
  expect(await one(suspended.id, { hasEnded: false })).toMatchObject({ state: "suspended" });
  expect(await one(old.id, { hasEnded: false })).toMatchObject({
    state: "replaced",
    replacedBy: made.prefix,
  });
  expect(await one(made.id, { hasEnded: false })).toMatchObject({ state: "working" });
  expect(await one(revoked.id, { hasEnded: true })).toMatchObject({ state: "revoked" });
  expect(await one(expired.id, { hasEnded: true })).toMatchObject({ state: "expired" });
  expect(await one(revoked.id, { hasEnded: false })).toBeUndefined();
  expect(await one(expired.id, { hasEnded: false })).toBeUndefined();
  expect(await one(working.id, { hasEnded: true })).toBeUndefined();
});

test("kind and words narrow the list, and pages follow each other without a gap", async () => {
  const person = await aPerson("support");
  const mark = randomUUID();
  const made: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    const { id } = await aToken({ personId: person.id });
    await db().token.update({ where: { id }, data: { name: `Script ${mark}` } });
    made.unshift(id);
  }
  const system = aSystem("token:manage");
  expect(await idsOf(system, { q: mark })).toHaveLength(5);
  expect(await idsOf(system, { q: person.email })).toHaveLength(5);
  expect(await idsOf(system, { q: mark, kind: "service" })).toEqual([]);
  expect(await idsOf(system, { q: mark, kind: "personal" })).toHaveLength(5);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listTokens(system, { q: mark, limit: 2, ...(cursor ? { cursor } : {}) });
    expect(page.total).toBe(5);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect([...paged].sort()).toEqual([...made].sort());
});

test("the last use is kept with its address and program, at most once a minute", async () => {
  const { id, secret } = await aToken({ scopes: ["flags:read"] });
  const from = { ip: "192.0.2.7", userAgent: "curl/8" };
  await authenticateToken(secret, anOrigin(from));
  expect(await one(id)).toMatchObject({ lastUse: from });
  await authenticateToken(secret, anOrigin({ ip: "192.0.2.8" }));
  expect(await one(id)).toMatchObject({ lastUse: from });
  await db().token.update({ where: { id }, data: { lastUsedAt: inDays(-1) } });
  await authenticateToken(secret, anOrigin({ ip: null, userAgent: null }));
  expect(await one(id)).toMatchObject({ lastUse: { ip: null, userAgent: null } });
});

test("the use of a token checked from memory is recorded later, with its origin", async () => {
  const { id, secret } = await aToken({ scopes: ["flags:read"] });
  await tokenMemory().authenticate(secret, anOrigin({ ip: "192.0.2.1" }));
  tokenMemory().find(secret, anOrigin({ ip: "192.0.2.2", userAgent: 'sdk/1 "quoted" ünïcode' }));
  await expect
    .poll(async () => (await one(id))?.lastUse, { timeout: 5_000 })
    .toMatchObject({ ip: "192.0.2.2", userAgent: 'sdk/1 "quoted" ünïcode' });
});

test("the uses of many tokens are recorded in one statement, each with its own origin", async () => {
  const tokens = await Promise.all([1, 2, 3].map(() => aToken({ scopes: ["flags:read"] })));
  const rows = await db().token.findMany({ where: { id: { in: tokens.map(({ id }) => id) } } });
  await recordUse(rows.map((token) => ({ token, from: { ip: "192.0.2.9", userAgent: token.id } })));
  for (const { id } of tokens) expect((await one(id))?.lastUse).toMatchObject({ userAgent: id });
});
