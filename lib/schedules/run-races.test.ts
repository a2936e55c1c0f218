import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccount,
  aPerson,
  aSchedule,
  aScheduledRequest,
  aSystem,
} from "#testing/factories.ts";
import { moveNumber, PLACES } from "#testing/move-number.ts";
import { RACE, race, rounds } from "#testing/rounds.ts";
import { expectWholeTrail } from "#testing/trail/expect-whole-trail.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { setFlag } from "../flags/set-flag.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { withdrawRequest } from "../requests/withdraw-request.ts";
import { cancelSchedule } from "./cancel-schedule.ts";
import { moveSchedule } from "./move-schedule.ts";
import { runDueSchedules } from "./run-due-schedules.ts";
import { newScheduleRunner } from "./schedule-runner.ts";

useTestDatabase();

const reason = "A race decides";
const run = () => runDueSchedules(newScheduleRunner());
const read = (id: string) => db().schedule.findUniqueOrThrow({ where: { id } });
const actionsOf = async (...ids: string[]) =>
  (await readEvents({ targetId: { in: ids } })).map(({ action }) => action);

async function aPendingSchedule() {
  const support = await aPerson("support");
  const phoneNumberId = await aNumber();
  const scheduleId = await aSchedule({ authorId: support.id, phoneNumberId, at: new Date() });
  return { scheduleId, support, phoneNumberId };
}

type Pending = Awaited<ReturnType<typeof aPendingSchedule>>;

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
const manager = () => aSystem("person:manage");

/** What ends or moves a schedule, the words for whom it was too late, and what it leaves. */
const CHANGES: [string, (pending: Pending) => Promise<unknown>, string][] = [
  [
    "cancelling it",
    ({ support, scheduleId }) => cancelSchedule(support, { scheduleId, reason }),
    "cancelled",
  ],
  [
    "moving it",
    ({ support, scheduleId }) => moveSchedule(support, { scheduleId, localTime: inAnHour() }),
    "waiting",
  ],
];

test.each(CHANGES)(
  "a schedule's run and %s: exactly one of the two happens",
  async (_, change, state) => {
    for (const _ of rounds(3)) {
      const pending = await aPendingSchedule();
      const { scheduleId, phoneNumberId } = pending;
      const [changed] = await race(
        () => change(pending),
        () => run(),
      );
      const isChanged = changed.status === "fulfilled";
      if (!isChanged) {
        const message = "It was carried out already. Undo that instead.";
        expect(changed.reason).toMatchObject({ code: "CONFLICT", message });
      }
      expect(await actionsOf(phoneNumberId)).toEqual(isChanged ? [] : ["flag.enabled"]);
      expect((await read(scheduleId)).state).toBe(isChanged ? state : "done");
      expect(await actionsOf(scheduleId)).toHaveLength(1);
    }
  },
);

test("a run and the disabling of its author: it is carried out before, or cancelled", async () => {
  for (const _ of rounds(3)) {
    const { scheduleId, support, phoneNumberId } = await aPendingSchedule();
    const disabling = { personId: support.id, isDisabled: true, reason };
    const [, disabled] = await race(run, () => setPersonDisabled(manager(), disabling));
    expect(disabled.status).toBe("fulfilled");
    const { state } = await read(scheduleId);
    const done = ["flag.enabled", "schedule.done", "person.disabled"];
    const story = await actionsOf(phoneNumberId, scheduleId, support.id);
    expect(story).toEqual(state === "done" ? done : ["schedule.cancelled", "person.disabled"]);
  }
});

test("a run and the demotion of its author: it is carried out before, or fails for good", async () => {
  for (const _ of rounds(3)) {
    const { scheduleId, support, phoneNumberId } = await aPendingSchedule();
    const demotion = { personId: support.id, role: "auditor", reason } as const;
    const [, demoted] = await race(run, () => setPersonRole(manager(), demotion));
    expect(demoted.status).toBe("fulfilled");
    // One that saw the demotion in the middle leaves it to the next look.
    await run();
    const { state, failureCode } = await read(scheduleId);
    const isDone = state === "done";
    expect(failureCode).toBe(isDone ? null : "NOT_PERMITTED");
    const done = ["flag.enabled", "schedule.done", "person.role_changed"];
    const story = await actionsOf(phoneNumberId, scheduleId, support.id);
    expect(story).toEqual(isDone ? done : ["person.role_changed", "schedule.failed"]);
  }
});

test("a run and the number's retirement: it ends retired and off, and the schedule once", async () => {
  for (const _ of rounds(3)) {
    const { scheduleId, phoneNumberId } = await aPendingSchedule();
    const admin = await aPerson("admin");
    const [, retired] = await race(run, () => retireNumber(admin, { phoneNumberId, reason }));
    expect(retired.status).toBe("fulfilled");
    const { state, failureCode } = await read(scheduleId);
    const isDone = state === "done";
    expect(failureCode).toBe(isDone ? null : "RETIRED");
    const turns = isDone ? ["flag.enabled", "flag.disabled"] : [];
    expect(await actionsOf(phoneNumberId)).toEqual([...turns, "number.retired"]);
    expect(await actionsOf(scheduleId)).toEqual([isDone ? "schedule.done" : "schedule.failed"]);
  }
});

test("a run and the number's move to another portfolio: it ends off, and the schedule once", async () => {
  for (const _ of rounds(3)) {
    const { scheduleId, phoneNumberId } = await aPendingSchedule();
    const [, moved] = await race(run, () => moveNumber(phoneNumberId, PLACES[0][1]));
    expect(moved.status).toBe("fulfilled");
    const { state, failureCode } = await read(scheduleId);
    const isDone = state === "done";
    expect(failureCode).toBe(isDone ? null : "MOVED");
    const turns = isDone ? ["flag.enabled", "flag.disabled"] : [];
    expect(await actionsOf(phoneNumberId)).toEqual([...turns, "number.updated"]);
    expect(await actionsOf(scheduleId)).toEqual([isDone ? "schedule.done" : "schedule.failed"]);
  }
});

test("an approved request's run and its withdrawal: exactly one of the two happens", async () => {
  for (const _ of rounds(3)) {
    const [by, approver] = [await aPerson("support"), await aPerson("support")];
    const phoneNumberId = await aNumber();
    const { requestId, scheduleId } = await aScheduledRequest({
      ...{ requestedById: by.id, decidedById: approver.id },
      ...{ phoneNumberId, at: new Date() },
    });
    const [withdrawn] = await race(
      () => withdrawRequest(by, { requestId }),
      () => run(),
    );
    const isWithdrawn = withdrawn.status === "fulfilled";
    if (!isWithdrawn) {
      const message = expect.stringMatching(/and it was carried out/);
      expect(withdrawn.reason).toMatchObject({ code: "CONFLICT", message });
    }
    expect((await read(scheduleId)).state).toBe(isWithdrawn ? "cancelled" : "done");
    expect(await actionsOf(phoneNumberId)).toEqual(isWithdrawn ? [] : ["flag.enabled"]);
    const ending = isWithdrawn ? "request.withdrawn" : "request.approved";
    expect(await actionsOf(requestId)).toEqual([ending]);
  }
});

test("many consoles that run at once carry each out exactly once", RACE, async () => {
  const support = await aPerson("support");
  const accountId = await anAccount();
  const numbers = await Promise.all(Array.from({ length: 30 }, () => aNumber({ accountId })));
  const whose = { authorId: support.id, at: new Date() };
  await Promise.all(numbers.map((phoneNumberId) => aSchedule({ ...whose, phoneNumberId })));
  const done = await Promise.all(Array.from({ length: 4 }, run));
  expect(done.reduce((sum, count) => sum + count, 0)).toBe(30);
  for (const phoneNumberId of numbers) {
    expect(await actionsOf(phoneNumberId)).toHaveLength(1);
  }
});

test("a person's flip and a run for the same number: one of them changes it", async () => {
  for (const _ of rounds(3)) {
    const { scheduleId, phoneNumberId } = await aPendingSchedule();
    const other = await aPerson("support");
    await race(run, () => setFlag(other, { phoneNumberId, acceptsBsuid: true, reason }));
    const flips = await readEvents({ targetId: phoneNumberId });
    expect(flips).toHaveLength(1);
    const { state } = await read(scheduleId);
    expect(state).toBe(flips[0]?.actor.id === other.id ? "failed" : "done");
  }
});

test("after all that, the trail is whole", expectWholeTrail);
