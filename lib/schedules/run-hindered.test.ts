import { expect, test } from "vitest";
import { whileInsertsAreSlow } from "#testing/database/slow-inserts.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSchedule } from "#testing/factories.ts";
import { manyNumbers } from "#testing/many-schedules.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { db } from "../db/client.ts";
import { MANY_CHANGES } from "../flags/change-limits.ts";
import { runDueSchedules } from "./run-due-schedules.ts";
import { newScheduleRunner } from "./schedule-runner.ts";

const database = useTestDatabase();

const run = () => runDueSchedules(newScheduleRunner());
const read = (id: string) => db().schedule.findUniqueOrThrow({ where: { id } });
const ago = (ms: number) => new Date(Date.now() - ms);

/** A schedule whose time has come, and whose account needs two people since. */
async function oneThatNeedsTwo(authorId: string) {
  const accountId = await anAccount();
  const phoneNumberId = await aNumber({ accountId });
  const id = await aSchedule({ authorId, phoneNumberId, at: ago(2_000) });
  await requireTwoPeople(accountId);
  return { id, accountId };
}

test("one whose failure cannot be recorded is counted and put off, and the others run", async () => {
  const { id: authorId } = await aPerson("support");
  const [one, other] = [await oneThatNeedsTwo(authorId), await oneThatNeedsTwo(authorId)];
  const free = await aSchedule({ authorId, phoneNumberId: await aNumber(), at: ago(1_000) });
  const slow = { into: "change_request", seconds: 0, fails: true };
  await whileInsertsAreSlow(database.ownerUrl(), slow, async () => {
    expect(await run()).toBe(1);
  });
  expect(await read(free)).toMatchObject({ state: "done" });
  for (const { id } of [one, other]) {
    const row = await read(id);
    expect(row).toMatchObject({ state: "waiting", attempts: 1 });
    expect(row.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());
  }
});

test("one of many numbers may take long to become a request", { timeout: 30_000 }, async () => {
  const { id: authorId } = await aPerson("support");
  const { id, accountId } = await oneThatNeedsTwo(authorId);
  const numbers = await manyNumbers({ accountId, count: MANY_CHANGES });
  await db().scheduleItem.createMany({
    data: numbers.map((phoneNumberId) => ({
      scheduleId: id,
      phoneNumberId,
      acceptsBsuid: true,
      flagVersion: 0,
    })),
  });
  const slow = { into: "change_request_item", seconds: 4.5 };
  await whileInsertsAreSlow(database.ownerUrl(), slow, async () => {
    await run();
  });
  expect(await read(id)).toMatchObject({ state: "failed", failureCode: "NEEDS_TWO_PEOPLE" });
  expect(
    await db().changeRequestItem.count({ where: { request: { requestedById: authorId } } }),
  ).toBe(MANY_CHANGES + 1);
});
