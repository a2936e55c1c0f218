import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSchedule, aSystem } from "#testing/factories.ts";
import { ROUNDS } from "#testing/rounds.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { AppError } from "../errors.ts";
import { setFlags } from "../flags/set-flags.ts";
import { approveRequest } from "../requests/approve-request.ts";
import { createRequest } from "../requests/create-request.ts";
import { withdrawRequest } from "../requests/withdraw-request.ts";
import { cancelSchedule } from "./cancel-schedule.ts";
import { createSchedule } from "./create-schedule.ts";
import { moveSchedule } from "./move-schedule.ts";
import { runDueSchedules } from "./run-due-schedules.ts";
import { newScheduleRunner } from "./schedule-runner.ts";

useTestDatabase();

/** For the sweep of races a minute. */
const { [ROUNDS]: asked } = process.env;
const DURATION_MS = asked === undefined ? 3_000 : 60_000;
const reason = "Everything at once";
const NUMBERS = 6;

const pick = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)];

test("flips, schedules, cancels, moves, approvals and runs over the same numbers: no deadlock, one story", async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => aPerson("admin")));
  const [asking, approver] = people;
  if (!asking || !approver) throw new Error("Nobody is there.");
  const accountId = await anAccount();
  const numbers = await Promise.all(Array.from({ length: NUMBERS }, () => aNumber({ accountId })));
  /** Two numbers in any order. */
  const someChanges = () =>
    numbers
      .toSorted(() => Math.random() - 0.5)
      .slice(0, 2)
      .map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: Math.random() < 0.5 }));
  const soon = () =>
    new Date(Date.now() + 2_000).toISOString().slice(0, "2027-03-01T09:00:00".length);
  const waiting = async () =>
    pick(await db().schedule.findMany({ where: { state: "waiting" }, select: { id: true } }));
  const open = async () =>
    pick(await db().changeRequest.findMany({ where: { state: "open" }, select: { id: true } }));
  const schedule = (isBound: boolean) => async () => {
    // Beyond what one person may schedule in an hour.
    const person = await aPerson("support");
    const how = { zone: "UTC", onWaiting: "replace" as const, isBound };
    await createSchedule(person, { changes: someChanges(), localTime: soon(), ...how, reason });
  };
  const works: (() => Promise<unknown>)[] = [
    () => setFlags(pick(people) ?? asking, { changes: someChanges(), reason }),
    () => setFlags(pick(people) ?? asking, { changes: someChanges(), reason }),
    schedule(true),
    schedule(false),
    async () => {
      const one = await waiting();
      if (one) await cancelSchedule(approver, { scheduleId: one.id, reason });
    },
    async () => {
      const one = await waiting();
      if (one) await moveSchedule(approver, { scheduleId: one.id, localTime: soon() });
    },
    async () => createRequest(await aPerson("support"), { changes: someChanges(), reason }),
    async () => {
      const one = await open();
      if (one) await approveRequest(approver, { requestId: one.id, version: 1 });
    },
    async () => {
      const one = await open();
      const row = one && (await db().changeRequest.findUnique({ where: { id: one.id } }));
      const owner = people.find(({ id }) => id === row?.requestedById) ?? asking;
      if (one) await withdrawRequest(owner, { requestId: one.id });
    },
    async () => {
      const phoneNumberId = pick(numbers) ?? "";
      await aSchedule({ authorId: asking.id, phoneNumberId, isBound: false, at: new Date() });
      await runDueSchedules(newScheduleRunner());
    },
    () => runDueSchedules(newScheduleRunner()),
  ];
  const endsAt = performance.now() + DURATION_MS;
  const unexpected: unknown[] = [];
  await Promise.all(
    works.map(async (work) => {
      while (performance.now() < endsAt) {
        await work().catch((error: unknown) => {
          // A busy machine makes some wait too long; PostgreSQL counts deadlocks itself (useTestDatabase).
          if (!(error instanceof AppError) && !isUnavailable(error)) unexpected.push(error);
        });
      }
    }),
  );
  expect(unexpected).toEqual([]);
  const states = await db().schedule.groupBy({ by: ["state"], _count: true });
  expect(states.map(({ state }) => state)).toContain("done");
  const numberRows = await db().number.findMany({ where: { phoneNumberId: { in: numbers } } });
  for (const { phoneNumberId, flagVersion } of numberRows) {
    const flips = await db().auditEvent.count({
      where: { targetId: phoneNumberId, action: { startsWith: "flag." } },
    });
    expect(flips).toBe(flagVersion);
  }
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
}, 90_000);
