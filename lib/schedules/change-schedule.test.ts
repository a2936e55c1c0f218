import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSchedule, aScheduledRequest } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { cancelSchedule } from "./cancel-schedule.ts";
import { moveSchedule } from "./move-schedule.ts";
import { runDueSchedules } from "./run-due-schedules.ts";
import { newScheduleRunner } from "./schedule-runner.ts";

const database = useTestDatabase();

const HOUR_MS = 3_600_000;
const reason = "The campaign was put off";
const inHours = (hours: number) =>
  new Date(Date.now() + hours * HOUR_MS).toISOString().slice(0, "2027-03-01T09:00:00".length);
const read = (id: string) => db().schedule.findUniqueOrThrow({ where: { id } });
const actionsOf = async (targetId: string) =>
  (await readEvents({ targetId })).map(({ action }) => action);
const run = () => runDueSchedules(newScheduleRunner());

async function ownSchedule(given: Partial<Parameters<typeof aSchedule>[0]> = {}) {
  const support = await aPerson("support");
  const phoneNumberId = await aNumber();
  const scheduleId = await aSchedule({ authorId: support.id, phoneNumberId, ...given });
  return { support, phoneNumberId, scheduleId };
}

describe("cancelling", () => {
  test("ends a schedule and what was to follow it, each with an entry, and it never runs", async () => {
    const { support, phoneNumberId, scheduleId } = await ownSchedule({ at: new Date() });
    const whose = { authorId: support.id, phoneNumberId };
    const end = await aSchedule({ ...whose, afterId: scheduleId, flagVersion: 1 });
    const cancelled = await cancelSchedule(support, { scheduleId, reason });
    expect(cancelled).toMatchObject({ state: "cancelled", failure: { code: "CANCELLED" } });
    expect(await read(end)).toMatchObject({ state: "cancelled", failureCode: "FIRST_HALF" });
    expect(await readEvents({ targetId: scheduleId })).toMatchObject([
      {
        action: "schedule.cancelled",
        before: { state: "waiting" },
        actor: { id: support.id },
        reason,
      },
    ]);
    expect(await actionsOf(end)).toEqual(["schedule.cancelled"]);
    await run();
    expect(await actionsOf(phoneNumberId)).toEqual([]);
  });

  test("does not cancel what somebody else has follow it, but an admin's does", async () => {
    const { support, phoneNumberId, scheduleId } = await ownSchedule();
    const own = await aSchedule({ authorId: support.id, phoneNumberId, afterId: scheduleId });
    const { id: authorId } = await aPerson("support");
    const other = await aSchedule({ authorId, phoneNumberId, afterId: own });
    const attempt = cancelSchedule(support, { scheduleId });
    await expect(attempt).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining(`Turn on ${phoneNumberId}`),
    });
    for (const id of [scheduleId, own, other])
      expect(await read(id)).toMatchObject({ state: "waiting" });
    await cancelSchedule(await aPerson("admin"), { scheduleId });
    expect(await read(other)).toMatchObject({ state: "cancelled" });
  });

  test("twice is refused: it was cancelled already, and nothing more is recorded", async () => {
    const { support, scheduleId } = await ownSchedule();
    await cancelSchedule(support, { scheduleId });
    const again = cancelSchedule(support, { scheduleId });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await actionsOf(scheduleId)).toHaveLength(1);
  });

  test("after it ran is refused: undo that instead", async () => {
    const { support, scheduleId } = await ownSchedule({ at: new Date() });
    await run();
    const late = cancelSchedule(support, { scheduleId });
    await expect(late).rejects.toThrow("It was carried out already. Undo that instead.");
  });

  test("makes the approved request void that it was to carry out", async () => {
    const [manager, approver] = [await aPerson("account_manager"), await aPerson("support")];
    const people = { requestedById: manager.id, decidedById: approver.id };
    const { requestId, scheduleId } = await aScheduledRequest({
      ...people,
      phoneNumberId: await aNumber(),
    });
    await cancelSchedule(await aPerson("admin"), { scheduleId, reason });
    expect(await db().changeRequest.findUnique({ where: { id: requestId } })).toMatchObject({
      state: "void",
    });
    expect(await actionsOf(requestId)).toEqual(["request.voided"]);
  });
});

describe("moving", () => {
  test("leaves nothing at the old time, and is recorded with both", async () => {
    const { support, phoneNumberId, scheduleId } = await ownSchedule({ at: new Date() });
    const localTime = inHours(9);
    const zone = "Asia/Kathmandu";
    const moved = await moveSchedule(support, { scheduleId, localTime, zone, reason });
    const at = new Date(`${localTime}+05:45`).toISOString();
    expect(moved).toMatchObject({ state: "waiting", at, localTime, zone });
    expect(await readEvents({ targetId: scheduleId })).toMatchObject([
      { action: "schedule.moved", before: { zone: "UTC" }, after: { at, localTime, zone }, reason },
    ]);
    await run();
    expect(await read(scheduleId)).toMatchObject({ state: "waiting" });
    expect(await actionsOf(phoneNumberId)).toEqual([]);
  });

  test("to the time that it has changes and records nothing", async () => {
    const at = new Date(`${inHours(3)}Z`);
    const { support, scheduleId } = await ownSchedule({ at });
    await moveSchedule(support, { scheduleId, localTime: at.toISOString().slice(0, 19) });
    expect(await actionsOf(scheduleId)).toEqual([]);
  });

  test.each([
    ["a time that has passed", { localTime: inHours(-1) }],
    ["a time that does not exist", { localTime: "2027-03-28T02:30", zone: "Europe/Madrid" }],
  ])("to %s is refused", async (_, where) => {
    const { support, scheduleId } = await ownSchedule();
    const attempt = moveSchedule(support, { scheduleId, ...where });
    await expect(attempt).rejects.toMatchObject({ issues: [{ path: "localTime" }] });
    expect(await actionsOf(scheduleId)).toEqual([]);
  });

  test("keeps the order of a beginning and its end", async () => {
    const { support, phoneNumberId, scheduleId } = await ownSchedule();
    const at = new Date(Date.now() + 3 * HOUR_MS);
    const whose = { authorId: support.id, phoneNumberId, at };
    const end = await aSchedule({ ...whose, afterId: scheduleId, flagVersion: 1 });
    const late = moveSchedule(support, { scheduleId, localTime: inHours(4) });
    await expect(late).rejects.toMatchObject({ issues: [{ path: "localTime" }] });
    const early = moveSchedule(support, { scheduleId: end, localTime: inHours(0.5) });
    await expect(early).rejects.toMatchObject({ issues: [{ path: "localTime" }] });
    await moveSchedule(support, { scheduleId: end, localTime: inHours(5) });
    await moveSchedule(support, { scheduleId, localTime: inHours(4) });
  });

  test("an approved request's is refused, since its time was approved, too", async () => {
    const [asking, approver] = [await aPerson("support"), await aPerson("support")];
    const people = { requestedById: asking.id, decidedById: approver.id };
    const { scheduleId } = await aScheduledRequest({ ...people, phoneNumberId: await aNumber() });
    const attempt = moveSchedule(approver, { scheduleId, localTime: inHours(5) });
    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("after it ended is refused", async () => {
    const { support, scheduleId } = await ownSchedule({ at: new Date() });
    await run();
    const late = moveSchedule(support, { scheduleId, localTime: inHours(5) });
    await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

const CHANGES = [
  ["cancelled", cancelSchedule, {}],
  ["moved", moveSchedule, { localTime: inHours(5) }],
] as const;

describe.each(CHANGES)("a schedule is %s", (_, verb, input) => {
  const change = verb as (...given: unknown[]) => Promise<unknown>;

  test.each(["account_manager", "auditor", "support"] as const)(
    "not by somebody else who is %s",
    async (role) => {
      const { scheduleId } = await ownSchedule();
      const attempt = change(await aPerson(role), { scheduleId, ...input });
      await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
      expect(await actionsOf(scheduleId)).toEqual([]);
    },
  );

  test("by any admin", async () => {
    const { scheduleId } = await ownSchedule();
    await change(await aPerson("admin"), { scheduleId, ...input });
    expect(await actionsOf(scheduleId)).toHaveLength(1);
  });

  test("not when the trail cannot be written", async () => {
    const { support, scheduleId } = await ownSchedule();
    const before = await read(scheduleId);
    await whileAuditFails(database.ownerUrl(), async () => {
      await expect(change(support, { scheduleId, ...input })).rejects.toThrow();
    });
    expect(await read(scheduleId)).toEqual(before);
  });

  test("when it exists", async () => {
    const attempt = change(await aPerson("admin"), { scheduleId: randomUUID(), ...input });
    await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
