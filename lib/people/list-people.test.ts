import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem, aToken } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { endSession } from "../sessions/end-session.ts";
import { listSessions } from "../sessions/list-sessions.ts";
import { startSession } from "../sessions/start-session.ts";
import { getPerson } from "./get-person.ts";
import { type ListPeopleInput, listPeople } from "./list-people.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";

useTestDatabase();

const system = aSystem("person:manage");
const person = (name: string, email = `${randomUUID()}@staff.test`) =>
  db().person.create({ data: { name, email, role: "support" } });
const namesOf = async (input: ListPeopleInput) =>
  (await listPeople(system, input)).items.map(({ name }) => name);

test("people are listed by name, whatever its case, page by page, and none twice", async () => {
  const mark = randomUUID();
  const names = ["ana", "Bea", "bea", "Çelik", "zoe"].map((name) => `${name} ${mark}`);
  for (const name of names.toReversed()) await person(name);
  await person(names[1] ?? "");
  const all = await namesOf({ q: mark });
  expect(all).toHaveLength(6);
  expect(all[0]).toBe(names[0]);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listPeople(system, { q: mark, limit: 2, ...(cursor ? { cursor } : {}) });
    expect(page.total).toBe(6);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(new Set(paged).size).toBe(6);
});

test("a part of the name or the address finds them, and % finds a %", async () => {
  const mark = randomUUID();
  await person(`Per Cent 100% ${mark}`, `per.cent.${mark}@staff.test`);
  await person(`Other ${mark}`);
  expect(await namesOf({ q: `per.cent.${mark.toUpperCase()}` })).toHaveLength(1);
  expect(await namesOf({ q: `100% ${mark}` })).toHaveLength(1);
  expect(await namesOf({ q: `1%0 ${mark}` })).toEqual([]);
  expect(await namesOf({ q: ` ${mark} ` })).toHaveLength(2);
});

test("role and state narrow the list", async () => {
  const mark = randomUUID();
  const { id } = await person(`Gone ${mark}`);
  await person(`Here ${mark}`);
  await db().person.update({ where: { id }, data: { disabledAt: new Date(), role: "auditor" } });
  expect(await namesOf({ q: mark, isDisabled: true })).toEqual([`Gone ${mark}`]);
  expect(await namesOf({ q: mark, isDisabled: false })).toEqual([`Here ${mark}`]);
  expect(await namesOf({ q: mark, role: "auditor" })).toEqual([`Gone ${mark}`]);
  expect(await namesOf({ q: mark, role: "admin" })).toEqual([]);
});

test("only active tokens are counted, and no secret is returned", async () => {
  const { id, email, name } = await aPerson("auditor");
  await aToken({ personId: id });
  const [revoked, expired] = [await aToken({ personId: id }), await aToken({ personId: id })];
  const now = new Date();
  await db().token.update({ where: { id: revoked.id }, data: { revokedAt: now } });
  await db().token.update({ where: { id: expired.id }, data: { expiresAt: now, lastUsedAt: now } });
  await db().person.update({ where: { id }, data: { passwordHash: "$argon2id$secret" } });
  const person = await getPerson(system, id);
  expect(person).toEqual({
    id,
    email,
    name,
    role: "auditor",
    hasPassword: true,
    isErased: false,
    erasureDue: null,
    isPasswordTemporary: false,
    passwordMaker: null,
    openIdIssuer: null,
    disabledAt: null,
    createdAt: expect.any(String),
    signedInAt: null,
    lastSeenAt: now.toISOString(),
    tokenCount: 1,
    sessionCount: 0,
  });
});

test("only active sessions are counted, as in their list", async () => {
  const admin = await aPerson("admin");
  const person = await aPerson("support");
  const start = () => startSession(person, { method: "password", previousSessionId: null });
  const [ended, over, idle, active] = [await start(), await start(), await start(), await start()];
  const age = (id: string, data: object) => db().session.update({ where: { id }, data });
  const anHourAgo = new Date(Date.now() - 3_601_000);
  await endSession(person, ended);
  await age(over.sessionId, { expiresAt: anHourAgo });
  await age(idle.sessionId, { lastSeenAt: anHourAgo });
  expect(await getPerson(system, person.id)).toMatchObject({
    sessionCount: 1,
    signedInAt: expect.any(String),
  });
  expect(await listSessions(admin, person.id)).toMatchObject([{ id: active.sessionId }]);
  await signOutEverywhere(person, { personId: person.id });
  expect(await getPerson(system, person.id)).toMatchObject({ sessionCount: 0 });
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s sees nobody but themself",
  async (role) => {
    const actor = await aPerson(role);
    await expect(listPeople(actor, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { id: other } = await aPerson(role);
    await expect(getPerson(actor, other)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await getPerson(actor, actor.id)).toMatchObject({ email: actor.email });
  },
);

test("an unknown person is not found; a wrong id or cursor is refused", async () => {
  await expect(getPerson(system, randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(getPerson(system, "x")).rejects.toMatchObject({ code: "INVALID_INPUT" });
  await expect(listPeople(system, { cursor: "x" })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});
