import { describe, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccount,
  anAccountOfTwo,
  aPerson,
  aSchedule,
  aScheduledRequest,
} from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { recordFailure } from "./run/record-failure.ts";
import { runDueSchedules } from "./run-due-schedules.ts";
import { newScheduleRunner } from "./schedule-runner.ts";

const database = useTestDatabase();

const HOUR_MS = 3_600_000;
const reason = "A test of the runner";
const run = () => runDueSchedules(newScheduleRunner());
const read = (id: string) => db().schedule.findUniqueOrThrow({ where: { id } });
const readNumber = (phoneNumberId: string) =>
  db().number.findUniqueOrThrow({ where: { phoneNumberId } });
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

type Given = Partial<Parameters<typeof aSchedule>[0]>;

async function aDueSchedule(given: Given = {}) {
  const support = await aPerson("support");
  const phoneNumberId = await aNumber();
  const whose = { authorId: support.id, phoneNumberId, at: hoursAgo(0) };
  const id = await aSchedule({ ...whose, ...given });
  return { id, support, phoneNumberId };
}

test("at its time the flag changes in its author's name, and the schedule is done, in one batch", async () => {
  const { id, support, phoneNumberId } = await aDueSchedule();
  expect(await run()).toBe(1);
  const [flip] = await readEvents({ targetId: phoneNumberId });
  expect(flip).toMatchObject({
    action: "flag.enabled",
    actor: { id: support.id },
    channel: "schedule",
    reason: "A test schedules it",
  });
  expect(await readEvents({ targetId: id })).toMatchObject([
    {
      action: "schedule.done",
      actor: { id: support.id },
      batchId: flip?.batchId,
      after: { state: "done", changed: 1, unchanged: 0 },
    },
  ]);
  expect(await read(id)).toMatchObject({ state: "done", batchId: flip?.batchId });
  expect(await readNumber(phoneNumberId)).toMatchObject({ acceptsBsuid: true });
  expect(await run()).toBe(0);
});

test("a number that has the state already is left, and the schedule is done", async () => {
  const phoneNumberId = await aNumber({ accepts: true });
  const { id } = await aDueSchedule({ phoneNumberId, flagVersion: 1 });
  expect(await run()).toBe(1);
  expect(await read(id)).toMatchObject({ state: "done" });
  expect(await readNumber(phoneNumberId)).toMatchObject({ flagVersion: 1 });
});

test("nothing runs before its time", async () => {
  const { id } = await aDueSchedule({ at: new Date(Date.now() + HOUR_MS) });
  expect(await run()).toBe(0);
  expect(await read(id)).toMatchObject({ state: "waiting", attempts: 0 });
});

test("an approved request is carried out in its approver's name, on behalf of who asked", async () => {
  const [manager, approver] = [await aPerson("account_manager"), await aPerson("support")];
  const accountId = await anAccountOfTwo();
  await db().account.update({ where: { id: accountId }, data: { managerId: manager.id } });
  const phoneNumberId = await aNumber({ accountId });
  const people = { requestedById: manager.id, decidedById: approver.id };
  const { requestId, scheduleId } = await aScheduledRequest({
    ...people,
    phoneNumberId,
    at: new Date(),
  });
  expect(await run()).toBe(1);
  const [flip] = await readEvents({ targetId: phoneNumberId });
  expect(flip).toMatchObject({
    actor: { id: approver.id },
    onBehalfOf: { id: manager.id },
    channel: "schedule",
  });
  const request = await db().changeRequest.findUnique({ where: { id: requestId } });
  expect(request).toMatchObject({ state: "approved", batchId: flip?.batchId });
  expect(await read(scheduleId)).toMatchObject({ state: "done" });
  expect(await readEvents({ targetId: requestId })).toMatchObject([
    { action: "request.approved", before: { state: "scheduled" }, after: { state: "approved" } },
  ]);
});

describe("lateness", () => {
  test.each([
    ["23 hours late, when a day is fine", 23, 24, "done"],
    ["25 hours late, when a day is fine", 25, 24, "failed"],
    ["a year late, when there is no limit", 8_760, null, "done"],
    ["a moment late, when no hour is fine", 0, 0, "done"],
    ["an hour late, when no hour is fine", 1, 0, "failed"],
  ])("%s", async (_, late, lateHours, state) => {
    const { id, phoneNumberId } = await aDueSchedule({ at: hoursAgo(late), lateHours });
    await run();
    const row = await read(id);
    expect(row.state).toBe(state);
    expect(row.failureCode).toBe(state === "failed" ? "TOO_LATE" : null);
    expect((await readEvents({ targetId: phoneNumberId })).length).toBe(state === "done" ? 1 : 0);
  });

  test("a beginning whose end has come, too, is not carried out, and its end is cancelled", async () => {
    const { id, support, phoneNumberId } = await aDueSchedule({ at: hoursAgo(3) });
    const whose = { authorId: support.id, phoneNumberId, afterId: id, flagVersion: 1 };
    const end = await aSchedule({ ...whose, at: hoursAgo(1), isSecondHalf: true });
    await run();
    await run();
    expect(await read(id)).toMatchObject({ state: "failed", failureCode: "TOO_LATE" });
    expect(await read(end)).toMatchObject({ state: "cancelled", failureCode: "FIRST_HALF" });
    expect(await readEvents({ targetId: phoneNumberId })).toEqual([]);
  });
});

test("what follows waits until the one before is done, and then finds the version that it made", async () => {
  const { id, support, phoneNumberId } = await aDueSchedule({ at: hoursAgo(2) });
  const whose = { authorId: support.id, phoneNumberId, afterId: id, flagVersion: 1 };
  await aSchedule({ ...whose, at: hoursAgo(1), acceptsBsuid: false });
  expect(await run()).toBe(1);
  expect(await run()).toBe(1);
  const actions = (await readEvents({ targetId: phoneNumberId })).map(({ action }) => action);
  expect(actions).toEqual(["flag.enabled", "flag.disabled"]);
});

describe("the gate when it runs", () => {
  test("an author who was disabled meanwhile changes nothing", async () => {
    const { id, support, phoneNumberId } = await aDueSchedule();
    await db().person.update({ where: { id: support.id }, data: { disabledAt: new Date() } });
    expect(await run()).toBe(0);
    expect(await read(id)).toMatchObject({ state: "failed", failureCode: "NOT_PERMITTED" });
    expect(await readNumber(phoneNumberId)).toMatchObject({ acceptsBsuid: false });
    expect(await readEvents({ targetId: id })).toMatchObject([
      { action: "schedule.failed", actor: { type: "system" }, after: { code: "NOT_PERMITTED" } },
    ]);
  });

  test.each(["account_manager", "auditor"] as const)(
    "an author who became %s meanwhile changes nothing",
    async (role) => {
      const { id, support } = await aDueSchedule();
      await db().person.update({ where: { id: support.id }, data: { role } });
      expect(await run()).toBe(0);
      expect(await read(id)).toMatchObject({ state: "failed", failureCode: "NOT_PERMITTED" });
    },
  );

  test.each([
    ["who asked was disabled", "requestedById", { disabledAt: new Date() }],
    ["who approved was disabled", "decidedById", { disabledAt: new Date() }],
    ["who approved may not decide any more", "decidedById", { role: "account_manager" }],
    ["who asked may not ask any more", "requestedById", { role: "auditor" }],
  ] as const)("an approved request fails with its schedule when %s", async (_, who, data) => {
    const people = {
      requestedById: (await aPerson("account_manager")).id,
      decidedById: (await aPerson("support")).id,
    };
    const { requestId, scheduleId } = await aScheduledRequest({
      ...people,
      phoneNumberId: await aNumber(),
      at: new Date(),
    });
    await db().person.update({ where: { id: people[who] }, data });
    expect(await run()).toBe(0);
    expect(await read(scheduleId)).toMatchObject({ state: "failed", failureCode: "NOT_PERMITTED" });
    expect(await db().changeRequest.findUnique({ where: { id: requestId } })).toMatchObject({
      state: "failed",
      why: expect.stringContaining("since"),
    });
    expect((await readEvents({ targetId: requestId })).map(({ action }) => action)).toEqual([
      "request.failed",
    ]);
  });

  test("another version than it is bound to fails it as stale", async () => {
    const { id } = await aDueSchedule({ flagVersion: 3 });
    await run();
    expect(await read(id)).toMatchObject({ state: "failed", failureCode: "STALE" });
  });

  test("one that is not bound sets its state whatever happened", async () => {
    const phoneNumberId = await aNumber({ accepts: true });
    const { id, support } = await aDueSchedule({ phoneNumberId, isBound: false, flagVersion: 7 });
    await setFlag(support, { phoneNumberId, acceptsBsuid: false, reason });
    await run();
    expect(await read(id)).toMatchObject({ state: "done" });
    expect(await readNumber(phoneNumberId)).toMatchObject({ acceptsBsuid: true });
  });

  test("a retired number fails it", async () => {
    const { id } = await aDueSchedule({ phoneNumberId: await aNumber({ isRetired: true }) });
    await run();
    expect(await read(id)).toMatchObject({ state: "failed", failureCode: "RETIRED" });
  });

  test("an account that needs two people since turns it into a request of its author", async () => {
    const accountId = await anAccount();
    const phoneNumberId = await aNumber({ accountId });
    const { id, support } = await aDueSchedule({ phoneNumberId });
    await requireTwoPeople(accountId);
    expect(await run()).toBe(0);
    expect(await read(id)).toMatchObject({ state: "failed", failureCode: "NEEDS_TWO_PEOPLE" });
    expect(await readNumber(phoneNumberId)).toMatchObject({ acceptsBsuid: false });
    const request = await db().changeRequest.findFirstOrThrow({
      where: { requestedById: support.id },
      include: { items: true },
    });
    expect(request).toMatchObject({
      state: "open",
      at: null,
      items: [{ phoneNumberId, acceptsBsuid: true }],
    });
    expect((await read(id)).failureDetail).toContain(request.id);
    expect(await run()).toBe(0);
    expect(await db().changeRequest.count({ where: { requestedById: support.id } })).toBe(1);
  });
});

test("a rule that was lifted before the failure was recorded lets it run at the next look", async () => {
  const { id, support } = await aDueSchedule();
  const failure = { code: "NEEDS_TWO_PEOPLE", why: "Two people are needed." } as const;
  await recordFailure(newScheduleRunner(), { id, numbers: 1, failure, actor: support });
  expect(await read(id)).toMatchObject({ state: "waiting" });
  expect(await db().changeRequest.count({ where: { requestedById: support.id } })).toBe(0);
  expect(await run()).toBe(1);
});

test("on until: where an account needs two people since, nothing is asked for without its end", async () => {
  const accountId = await anAccount();
  const phoneNumberId = await aNumber({ accountId });
  const { id, support } = await aDueSchedule({ phoneNumberId });
  const whose = { authorId: support.id, phoneNumberId, afterId: id, flagVersion: 1 };
  const end = await aSchedule({ ...whose, isSecondHalf: true });
  await requireTwoPeople(accountId);
  await run();
  expect(await read(id)).toMatchObject({
    state: "failed",
    failureCode: "NEEDS_TWO_PEOPLE",
    failureDetail: expect.stringContaining("Ask for its beginning and for its end."),
  });
  expect(await read(end)).toMatchObject({ state: "cancelled", failureCode: "FIRST_HALF" });
  expect(await db().changeRequest.count({ where: { requestedById: support.id } })).toBe(0);
});

describe("one that cannot run just now", () => {
  test("is tried again later, and delays no other", async () => {
    const stuck = await aDueSchedule();
    const other = await aDueSchedule();
    await whileNumberIsHeld(stuck.phoneNumberId, async () => {
      expect(await run()).toBe(1);
      expect(await read(other.id)).toMatchObject({ state: "done" });
      const row = await read(stuck.id);
      expect(row).toMatchObject({ state: "waiting", attempts: 1 });
      expect(row.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());
    });
    await db().schedule.update({ where: { id: stuck.id }, data: { nextAttemptAt: new Date() } });
    expect(await run()).toBe(1);
  });

  test("fails for good after ten attempts", async () => {
    const { id, phoneNumberId } = await aDueSchedule();
    await db().schedule.update({ where: { id }, data: { attempts: 9 } });
    await whileNumberIsHeld(phoneNumberId, async () => {
      await run();
    });
    expect(await read(id)).toMatchObject({ state: "failed", failureCode: "UNAVAILABLE" });
  });

  test("whose row another program holds is passed over without waiting", async () => {
    const stuck = await aDueSchedule();
    const other = await aDueSchedule();
    await withClient(database.ownerUrl(), async (client) => {
      await client.query("BEGIN");
      await client.query("SELECT FROM schedule WHERE id = $1 FOR UPDATE", [stuck.id]);
      const begunAt = performance.now();
      expect(await run()).toBe(1);
      // A statement that waited for the row would give up after three seconds.
      expect(performance.now() - begunAt).toBeLessThan(3_000);
      await client.query("ROLLBACK");
    });
    expect(await read(other.id)).toMatchObject({ state: "done" });
    expect(await run()).toBe(1);
  });
});

test("nothing changes when the trail cannot be written, and it runs later", async () => {
  const { id, phoneNumberId } = await aDueSchedule();
  await whileAuditFails(database.ownerUrl(), async () => {
    expect(await run()).toBe(0);
  });
  expect(await readNumber(phoneNumberId)).toMatchObject({ acceptsBsuid: false });
  await db().schedule.update({ where: { id }, data: { nextAttemptAt: new Date() } });
  expect(await run()).toBe(1);
});

test("two schedules of one number run in their order, each in its own transaction", async () => {
  const { id, support, phoneNumberId } = await aDueSchedule({ at: hoursAgo(2), isBound: false });
  const whose = { authorId: support.id, phoneNumberId, at: hoursAgo(1), isBound: false };
  await aSchedule({ ...whose, acceptsBsuid: false });
  expect(await run()).toBe(2);
  expect(await read(id)).toMatchObject({ state: "done" });
  expect(await readNumber(phoneNumberId)).toMatchObject({ acceptsBsuid: false, flagVersion: 2 });
});

async function whileNumberIsHeld(phoneNumberId: string, work: () => Promise<void>): Promise<void> {
  await withClient(database.ownerUrl(), async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT FROM number WHERE phone_number_id = $1 FOR UPDATE", [phoneNumberId]);
    await work();
    await client.query("ROLLBACK");
  });
}
