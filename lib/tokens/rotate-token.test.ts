import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aSignedInPerson, aToken } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { authenticateToken } from "./authenticate-token.ts";
import { createToken } from "./create-token.ts";
import { revokeToken } from "./revoke-token.ts";
import { rotateToken } from "./rotate-token.ts";

const database = useTestDatabase();

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const rotation = (tokenId: string, overlapMs = DAY_MS) => ({
  tokenId,
  expiresAt: inDays(90),
  overlapMs,
});
const enter = (secret: string) => authenticateToken(secret, anOrigin());
const eventsOf = (id: string) => readEvents({ targetId: id, outcome: "success" });
const aService = async () =>
  await createToken(await aSignedInPerson("admin"), {
    kind: "service",
    name: "Runtime",
    scopes: ["flags:read", "reports:write"],
    expiresAt: inDays(30),
  });

test("both tokens work during the overlap, with the same name and scopes", async () => {
  const old = await aService();
  const made = await rotateToken(await aSignedInPerson("admin"), rotation(old.id));
  const expected = { type: "service", name: "Runtime", scopes: ["flags:read", "reports:write"] };
  expect(await enter(old.secret)).toMatchObject({ ...expected, id: old.id });
  expect(await enter(made.secret)).toMatchObject({ ...expected, id: made.id });
});

test("without an overlap the old one ends at once", async () => {
  const old = await aService();
  const made = await rotateToken(await aSignedInPerson("admin"), rotation(old.id, 0));
  await expect(enter(old.secret)).rejects.toThrow(/expired/);
  await enter(made.secret);
});

test("the old one ends when the overlap is over, never later than it would have", async () => {
  const [long, short] = [await aService(), await aToken({ scopes: ["flags:read"] })];
  const admin = await aSignedInPerson("admin");
  const before = await db().token.findUniqueOrThrow({ where: { id: short.id } });
  await rotateToken(admin, rotation(long.id, 2 * DAY_MS));
  await rotateToken(admin, rotation(short.id, 2 * DAY_MS));
  const after = await db().token.findUniqueOrThrow({ where: { id: long.id } });
  expect(Math.abs(after.expiresAt.getTime() - inDays(2).getTime())).toBeLessThan(60_000);
  expect((await db().token.findUniqueOrThrow({ where: { id: short.id } })).expiresAt).toEqual(
    before.expiresAt,
  );
  expect((await eventsOf(short.id)).at(-1)).toMatchObject({ before: { replacedBy: null } });
});

test("each of the two has its event, and neither a secret", async () => {
  const old = await aService();
  const made = await rotateToken(await aSignedInPerson("admin"), rotation(old.id));
  const [created] = await eventsOf(made.id);
  const rotated = (await eventsOf(old.id)).at(-1);
  expect(created).toMatchObject({
    action: "token.created",
    before: null,
    after: { kind: "service", scopes: "flags:read reports:write", replaces: old.prefix },
  });
  expect(rotated).toMatchObject({
    action: "token.rotated",
    before: { replacedBy: null, expiresAt: expect.any(String) },
    after: { replacedBy: made.prefix, expiresAt: expect.any(String) },
  });
  const recorded = JSON.stringify([created, rotated], (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  expect(recorded).not.toContain(made.secret.slice(20));
});

test("a personal token is rotated by its person, and by nobody else", async () => {
  const person = await aSignedInPerson("auditor");
  const old = await aToken({ personId: person.id });
  for (const role of ["admin", "support", "auditor"] as const) {
    const attempt = rotateToken(await aSignedInPerson(role), rotation(old.id));
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  const made = await rotateToken(person, rotation(old.id));
  expect(made.secret).toMatch(/^bsuid_pat_/);
  expect(await enter(made.secret)).toMatchObject({ type: "person", id: person.id });
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s cannot rotate a service's token, and nothing changes",
  async (role) => {
    const old = await aService();
    const before = await db().token.findMany();
    for (const tokenId of [old.id, crypto.randomUUID()]) {
      const attempt = rotateToken(await aSignedInPerson(role), rotation(tokenId));
      await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await db().token.findMany()).toEqual(before);
    expect(await eventsOf(old.id)).toHaveLength(1);
  },
);

test("a token that has ended or was rotated already is refused", async () => {
  const admin = await aSignedInPerson("admin");
  const [revoked, expired, rotated] = [await aService(), await aService(), await aService()];
  await revokeToken(admin, { tokenId: revoked.id, reason: "Was in a chat log" });
  await db().token.update({ where: { id: expired.id }, data: { expiresAt: new Date() } });
  await rotateToken(admin, rotation(rotated.id));
  for (const { id } of [revoked, expired, rotated]) {
    await expect(rotateToken(admin, rotation(id))).rejects.toMatchObject({ code: "CONFLICT" });
  }
  const unknown = rotateToken(admin, rotation(crypto.randomUUID()));
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test.each<[string, object]>([
  ["an overlap of more than a week", { overlapMs: 7 * DAY_MS + 1 }],
  ["an overlap in the past", { overlapMs: -1 }],
  ["an end in the past", { expiresAt: inDays(-1) }],
  ["an end after more than a year", { expiresAt: inDays(367) }],
])("%s is refused", async (_, wrong) => {
  const old = await aService();
  const attempt = rotateToken(await aSignedInPerson("admin"), { ...rotation(old.id), ...wrong });
  await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT" });
  expect(await eventsOf(old.id)).toHaveLength(1);
});

test("two rotations at once make one new token", RACE, async () => {
  const admin = await aSignedInPerson("admin");
  const old = await aService();
  const results = await Promise.allSettled([1, 2].map(() => rotateToken(admin, rotation(old.id))));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db().token.count({ where: { replacesId: old.id } })).toBe(1);
  expect((await eventsOf(old.id)).map(({ action }) => action)).toEqual([
    "token.created",
    "token.rotated",
  ]);
});

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aSignedInPerson("admin");
  const old = await aService();
  const before = await db().token.findMany();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(rotateToken(admin, rotation(old.id))).rejects.toThrow();
  });
  expect(await db().token.findMany()).toEqual(before);
});
