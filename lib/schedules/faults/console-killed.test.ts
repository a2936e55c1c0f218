import { afterEach, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { manySchedules } from "#testing/many-schedules.ts";
import { verifyTrail } from "../../audit/verify/verify-trail.ts";
import { db } from "../../db/client.ts";

const database = useTestDatabase();

const { FAULT_SCHEDULES: asked } = process.env;
const COUNT = Number(asked ?? 300);

const consoles: ConsoleProcess[] = [];
afterEach(async () => {
  await Promise.all(consoles.splice(0).map((each) => each.kill()));
});

const countDone = () => db().schedule.count({ where: { state: "done" } });

test("of two consoles one is killed in the middle: each schedule is carried out exactly once, in time", async () => {
  const support = await aPerson("support");
  for (let count = 0; count < 2; count += 1) {
    consoles.push(await startConsole({ databaseUrl: database.appUrl() }));
  }
  const at = new Date(Date.now() + 3_000);
  const numbers = await manySchedules({ authorId: support.id, count: COUNT, at });
  await expect.poll(countDone, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
  await consoles[0]?.kill();
  expect(await countDone()).toBeLessThan(COUNT);
  await expect.poll(countDone, { interval: 50, timeout: 20_000 }).toBe(COUNT);

  const latest = await db().schedule.findFirstOrThrow({ orderBy: { endedAt: "desc" } });
  const tookMs = (latest.endedAt?.getTime() ?? Number.NaN) - at.getTime();
  expect(tookMs).toBeLessThan(5_000);
  const rows = await db().number.findMany({ where: { phoneNumberId: { in: numbers } } });
  expect(rows.every((row) => row.acceptsBsuid && row.flagVersion === 1)).toBe(true);
  const events = await db().auditEvent.groupBy({ by: ["action"], _count: true });
  const counts = Object.fromEntries(events.map(({ action, _count }) => [action, _count]));
  expect(counts).toEqual({ "flag.enabled": COUNT, "schedule.done": COUNT });
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
}, 60_000);
