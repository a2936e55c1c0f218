import { beforeAll, expect, test } from "vitest";
import { closeDatabase, db } from "#lib/db/client.ts";
import { REQUEST_STATES } from "#lib/flags/pending/request-record.ts";
import { getRequest } from "#lib/requests/get-request.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { newDemoSecrets } from "./demo-secrets.ts";
import { seedDemo } from "./seed.ts";

const database = useTestDatabase();
const DAY_MS = 86_400_000;
const daysAgo = (at: Date | null | undefined) => (Date.now() - (at?.getTime() ?? 0)) / DAY_MS;

beforeAll(async () => {
  await closeDatabase();
  await seedDemo({ databaseUrl: database.ownerUrl(), secrets: newDemoSecrets() });
});

test("people have worked for eight weeks, in an order that the trail proves", async () => {
  await expectWholeTrail();
  const entries = await db().auditEvent.findMany({ orderBy: { seq: "asc" } });
  const times = entries.map(({ occurredAt }) => occurredAt.getTime());
  expect(times).toEqual([...times].sort((one, other) => one - other));
  expect(daysAgo(entries[0]?.occurredAt)).toBeGreaterThan(55);
  expect(daysAgo(entries.at(-1)?.occurredAt)).toBeLessThan(2);
  const people = new Set(entries.map(({ actorType, actorId }) => `${actorType} ${actorId}`));
  expect(people.size).toBeGreaterThanOrEqual(10);
  const days = new Set(times.map((time) => Math.floor(time / DAY_MS)));
  expect(days.size).toBeGreaterThan(35);
  expect(await db().person.groupBy({ by: ["zone"] })).toHaveLength(8);
});

test("a flag's time is that of its entry", async () => {
  const numbers = await db().number.findMany({ where: { flagRevision: { gt: 0 } } });
  const flips = await db().auditEvent.findMany({ where: { revision: { not: null } } });
  const byRevision = new Map(flips.map((flip) => [flip.revision, flip.occurredAt]));
  for (const { flagRevision, flagChangedAt } of numbers) {
    expect(flagChangedAt).toEqual(byRevision.get(flagRevision));
  }
});

test("requests are in each state, and times of ended ones are in their order", async () => {
  const rows = await db().changeRequest.findMany();
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(REQUEST_STATES));
  for (const { requestedAt, endedAt } of rows) {
    if (endedAt) expect(endedAt.getTime()).toBeGreaterThan(requestedAt.getTime());
  }
  const { decision } = rows.find(({ state }) => state === "declined") ?? {};
  expect(decision).toMatch(/^Their rental system/);
  const expired = rows.find(({ state }) => state === "expired");
  const until = expired?.expiresAt.toISOString().slice(0, 10);
  expect(expired?.why).toContain(until);
  expect(daysAgo(expired?.expiresAt)).toBeGreaterThan(25);
  const entry = await db().auditEvent.findFirst({ where: { action: "request.expired" } });
  expect(entry?.after).toMatchObject({ why: expired?.why });
});

test("schedules wait, were carried out, failed and were cancelled, and one waits with its end", async () => {
  const rows = await db().schedule.findMany();
  expect(new Set(rows.map(({ state }) => state))).toEqual(
    new Set(["waiting", "done", "failed", "cancelled"]),
  );
  expect(rows.filter(({ isSecondHalf }) => isSecondHalf)).toMatchObject([{ state: "waiting" }]);
  const done = rows.find(({ state }) => state === "done");
  expect(done?.localTime).toMatch(/T0[89]:00$/);
  const created = await db().auditEvent.findFirst({
    where: { targetId: done?.id ?? "", action: "schedule.created" },
  });
  expect(created?.after).toMatchObject({ localTime: done?.localTime });
});

test("an account needs two people; of its two forced changes one waits for its review", async () => {
  expect(await db().account.findMany({ where: { needsTwoPeople: true } })).toMatchObject([
    { name: "Droguería Cordillera" },
  ]);
  expect(await db().forcedChange.findMany({ orderBy: { forcedAt: "asc" } })).toMatchObject([
    { review: expect.any(String) },
    { review: null },
  ]);
});

test("one number tells its whole story, and waits for two wishes", async () => {
  const request = await db().changeRequest.findFirstOrThrow({
    where: {
      state: "open",
      items: { some: { number: { account: { name: "Pet Shop Amigo Fiel" } } } },
    },
  });
  const { changes, otherWishes } = await getRequest(aSystem("desk:read"), request.id);
  expect(otherWishes).toMatchObject([{ kind: "schedule" }]);
  const [change] = changes;
  expect(change?.flagVersion).toBe(4);
});

test("batches were undone, managers stand in for each other, and people have unread notices", async () => {
  expect(await db().auditEvent.count({ where: { action: "batch.undone" } })).toBe(1);
  expect(await db().accountStandIn.count()).toBe(5);
  for (const email of ["support@demo.test", "account.manager@demo.test", "admin@demo.test"]) {
    const where = { person: { email } };
    expect(await db().notice.count({ where: { ...where, readAt: null } })).toBeGreaterThan(0);
  }
});
