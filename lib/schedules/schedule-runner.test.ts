import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { whileDatabaseIsAway } from "#testing/database/database-away.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { createSchedule } from "./create-schedule.ts";
import { startScheduleRunner } from "./schedule-runner.ts";

const database = useTestDatabase();

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

const read = (id: string) => db().schedule.findUniqueOrThrow({ where: { id } });

/** A schedule for the second that begins in two or three seconds. */
async function soon(until = false) {
  const toLocal = (ms: number) => new Date(ms).toISOString().slice(0, "2027-03-01T09:00:00".length);
  const [support, phoneNumberId] = [await aPerson("support"), await aNumber()];
  const atMs = Math.ceil(Date.now() / 1_000) * 1_000 + 2_000;
  const { schedule } = await createSchedule(support, {
    changes: [{ phoneNumberId, acceptsBsuid: true }],
    localTime: toLocal(atMs),
    ...(until ? { until: toLocal(atMs + 1_000) } : {}),
    zone: "UTC",
    reason: "A test of the runner's clock",
  });
  if (!schedule) throw new Error("It became a request.");
  return schedule;
}

test("a schedule is carried out within two seconds of its time, never before, and so is its end", async () => {
  stop = startScheduleRunner();
  const { id, at, endsWith } = await soon(true);
  const end = endsWith ?? "";
  await expect.poll(async () => (await read(end)).state, { timeout: 10_000 }).toBe("done");
  for (const row of [await read(id), await read(end)]) {
    expect(row.state).toBe("done");
    const lateMs = (row.endedAt?.getTime() ?? Number.NaN) - row.at.getTime();
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(2_000);
  }
  expect(new Date(at)).toEqual((await read(id)).at);
});

test("with the database away at its time, it is carried out once the database is back", async () => {
  stop = startScheduleRunner();
  const { id, at } = await soon();
  await whileDatabaseIsAway(database.ownerUrl(), async () => {
    await sleep(new Date(at).getTime() + 1_000 - Date.now());
  });
  await expect.poll(async () => (await read(id)).state, { timeout: 10_000 }).toBe("done");
  const row = await read(id);
  expect(row).toMatchObject({ attempts: 1 });
});

test("once it is stopped nothing is carried out", async () => {
  const stopNow = startScheduleRunner();
  const { id, at } = await soon();
  await stopNow();
  await sleep(new Date(at).getTime() + 500 - Date.now());
  expect(await read(id)).toMatchObject({ state: "waiting" });
});
