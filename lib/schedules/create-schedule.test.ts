import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccountOfTwo,
  aPerson,
  aSchedule,
  aScheduledRequest,
  aToken,
} from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { setFlag } from "../flags/set-flag.ts";
import { type CreateScheduleInput, createSchedule } from "./create-schedule.ts";
import {
  MAX_SCHEDULED_NUMBERS,
  MAX_SCHEDULES_PER_HOUR,
  MAX_WAITING_SCHEDULES,
  requireWithinBounds,
} from "./schedule-bounds.ts";

const database = useTestDatabase();

const reason = "The campaign begins then";
const HOUR_MS = 3_600_000;
/** What a clock in UTC shows so many hours from now, to the second. */
const inHours = (hours: number) =>
  new Date(Date.now() + hours * HOUR_MS).toISOString().slice(0, "2027-03-01T09:00:00".length);
const on = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: true });
const aWish = (phoneNumberId: string, more: Partial<CreateScheduleInput> = {}) => ({
  changes: [on(phoneNumberId)],
  localTime: inHours(1),
  zone: "UTC",
  reason,
  ...more,
});
const read = (id: string) =>
  db().schedule.findUniqueOrThrow({ where: { id }, include: { items: true } });
const countOf = (phoneNumberId: string) => db().scheduleItem.count({ where: { phoneNumberId } });

async function scheduled(...input: Parameters<typeof createSchedule>) {
  const { schedule } = await createSchedule(...input);
  if (!schedule) throw new Error("It became a request.");
  return schedule;
}

test("a schedule keeps the wall time as given and its instant, waits, and is recorded", async () => {
  const support = await aPerson("support");
  const id = await aNumber();
  const localTime = inHours(24).slice(0, "2027-03-01T09:00".length);
  const input = aWish(id, { localTime, zone: "Asia/Kathmandu" });
  const ticketUrl = "https://tickets.test/1";
  const schedule = await scheduled(support, { ...input, ticketUrl });
  expect(schedule).toMatchObject({
    state: "waiting",
    changes: [{ phoneNumberId: id, acceptsBsuid: true, flagVersion: 0 }],
    localTime,
    zone: "Asia/Kathmandu",
    at: new Date(`${localTime}+05:45`).toISOString(),
    lateHours: 24,
    author: { email: support.email },
    requestId: null,
    endsWith: null,
    failure: null,
    reason,
    ticketUrl,
  });
  expect(await readEvents({ targetId: schedule.id })).toMatchObject([
    {
      action: "schedule.created",
      actor: { id: support.id },
      after: { zone: "Asia/Kathmandu", localTime, at: schedule.at },
      reason,
      ticketUrl,
    },
  ]);
});

test("it remembers the session or the token that it came by", async () => {
  const support = await aPerson("support");
  const { id: tokenId } = await aToken({ personId: support.id });
  const { id } = await scheduled({ ...support, tokenId }, aWish(await aNumber()));
  expect(await read(id)).toMatchObject({ tokenId, sessionId: null });
});

test.each([
  [true, undefined, 24],
  [false, undefined, null],
  [true, null, null],
  [true, 0, 0],
  [false, 3, 3],
])("to set %s with lateHours %s may be %s hours late", async (acceptsBsuid, lateHours, hours) => {
  const phoneNumberId = await aNumber({ accepts: !acceptsBsuid });
  const changes = [{ phoneNumberId, acceptsBsuid }];
  const more = lateHours === undefined ? { changes } : { changes, lateHours };
  expect(await scheduled(await aPerson("support"), aWish(phoneNumberId, more))).toMatchObject({
    lateHours: hours,
  });
});

describe("on until", () => {
  test("stores the end at once, bound to the version that the beginning makes", async () => {
    const [off, accepting] = [await aNumber(), await aNumber({ accepts: true })];
    const changes = [on(off), on(accepting)];
    const support = await aPerson("support");
    const input = aWish(off, { changes, until: inHours(2) });
    const first = await scheduled(support, input);
    const second = await read(first.endsWith ?? "");
    expect(second).toMatchObject({
      state: "waiting",
      afterId: first.id,
      isSecondHalf: true,
      localTime: input.until,
      lateHours: null,
    });
    const versions = (items: { phoneNumberId: string; flagVersion: number }[]) =>
      Object.fromEntries(items.map((item) => [item.phoneNumberId, item.flagVersion]));
    expect(versions(first.changes)).toEqual({ [off]: 0, [accepting]: 1 });
    // What is on already is not changed by the beginning.
    expect(versions(second.items)).toEqual({ [off]: 1, [accepting]: 1 });
    expect(second.items.every(({ acceptsBsuid }) => !acceptsBsuid)).toBe(true);
    expect(await readEvents({ targetId: second.id })).toMatchObject([
      { action: "schedule.created", after: { isSecondHalf: true, afterId: first.id } },
    ]);
  });

  test("is refused when it ends before it begins", async () => {
    const id = await aNumber();
    const attempt = createSchedule(await aPerson("support"), aWish(id, { until: inHours(0.5) }));
    await expect(attempt).rejects.toMatchObject({ issues: [{ path: "until" }] });
    expect(await countOf(id)).toBe(0);
  });
});

test.each([
  ["a time that has passed", { localTime: inHours(-1) }, "localTime"],
  ["a time that is more than a year ahead", { localTime: inHours(24 * 400) }, "localTime"],
  [
    "a time that does not exist",
    { localTime: "2027-03-28T02:30", zone: "Europe/Madrid" },
    "localTime",
  ],
  [
    "a time that exists twice",
    { localTime: "2027-10-31T02:30", zone: "Europe/Madrid" },
    "localTime",
  ],
  ["a zone that does not exist", { zone: "local" }, "zone"],
  ["no reason", { reason: "" }, "reason"],
  ["no numbers", { changes: [] }, "changes"],
])("%s is refused, and nothing is kept", async (_, more, path) => {
  const id = await aNumber();
  const attempt = createSchedule(await aPerson("support"), aWish(id, more));
  await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT", issues: [{ path }] });
  expect(await countOf(id)).toBe(0);
});

test("unknown, retired, repeated and stale numbers are each named, and nothing is kept", async () => {
  const good = await aNumber();
  const retired = await aNumber({ isRetired: true });
  const stale = { ...on(await aNumber()), expectedVersion: 7 };
  const changes = [on(good), on("4711"), on(retired), on(good), stale];
  const attempt = createSchedule(await aPerson("support"), aWish(good, { changes }));
  const issues = [1, 2, 3, 4].map((index) => ({ path: `changes[${index}].phoneNumberId` }));
  await expect(attempt).rejects.toMatchObject({ issues });
  expect(await countOf(good)).toBe(0);
});

test.each(["account_manager", "auditor"] as const)(
  "the role %s schedules nothing",
  async (role) => {
    const id = await aNumber();
    const attempt = createSchedule(await aPerson(role), aWish(id));
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await countOf(id)).toBe(0);
  },
);

test("nothing is kept when the trail cannot be written", async () => {
  const support = await aPerson("support");
  const id = await aNumber();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(createSchedule(support, aWish(id, { until: inHours(2) }))).rejects.toThrow();
  });
  expect(await countOf(id)).toBe(0);
});

describe("where an account needs two people", () => {
  test("the whole of it becomes one request for that time, and no schedule", async () => {
    const support = await aPerson("support");
    const [one, other] = [await aNumber({ accountId: await anAccountOfTwo() }), await aNumber()];
    const input = aWish(one, { changes: [on(one), on(other)], zone: "America/Sao_Paulo" });
    const { schedule, request } = await createSchedule(support, input);
    expect(schedule).toBeNull();
    expect(request).toMatchObject({
      state: "open",
      changes: expect.arrayContaining([one, other].map((id) => expect.objectContaining(on(id)))),
      at: new Date(`${input.localTime}-03:00`).toISOString(),
    });
    expect((await countOf(one)) + (await countOf(other))).toBe(0);
  });

  test("a number that is already as wanted is named, not left out", async () => {
    const [one, same] = [
      await aNumber({ accountId: await anAccountOfTwo() }),
      await aNumber({ accepts: true }),
    ];
    const support = await aPerson("support");
    const attempt = createSchedule(support, aWish(one, { changes: [on(one), on(same)] }));
    await expect(attempt).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "changes[1].phoneNumberId", message: `${same} is accepting already.` }],
    });
    expect(await db().changeRequest.count({ where: { requestedById: support.id } })).toBe(0);
  });

  test("an end cannot be asked for along with it", async () => {
    const id = await aNumber({ accountId: await anAccountOfTwo() });
    const attempt = createSchedule(await aPerson("support"), aWish(id, { until: inHours(2) }));
    await expect(attempt).rejects.toMatchObject({ issues: [{ path: "until" }] });
  });
});

describe("a number that has one waiting", () => {
  test("asks whether the new one follows or replaces it", async () => {
    const support = await aPerson("support");
    const id = await aNumber();
    await scheduled(support, aWish(id));
    const attempt = createSchedule(support, aWish(id, { localTime: inHours(2) }));
    await expect(attempt).rejects.toMatchObject({
      code: "CONFLICT",
      issues: [{ path: "onWaiting" }],
    });
    expect(await countOf(id)).toBe(1);
  });

  test("one that follows is bound to the version that the other makes, and to its being done", async () => {
    const support = await aPerson("support");
    const id = await aNumber();
    const first = await scheduled(support, aWish(id));
    const off = [{ phoneNumberId: id, acceptsBsuid: false }];
    const more = { changes: off, localTime: inHours(2), onWaiting: "follow" } as const;
    const second = await scheduled(support, aWish(id, more));
    expect(second).toMatchObject({ afterId: first.id, changes: [{ flagVersion: 1 }] });
    const third = await scheduled(
      support,
      aWish(id, { localTime: inHours(3), onWaiting: "follow" }),
    );
    expect(third).toMatchObject({ afterId: second.id, changes: [{ flagVersion: 2 }] });
  });

  test("one cannot follow what is later, nor two at once", async () => {
    const support = await aPerson("support");
    const [one, other] = [await aNumber(), await aNumber()];
    await scheduled(support, aWish(one, { localTime: inHours(2) }));
    await scheduled(support, aWish(other, { localTime: inHours(3) }));
    const follow = "follow" as const;
    const early = createSchedule(support, aWish(one, { onWaiting: follow }));
    await expect(early).rejects.toMatchObject({ issues: [{ path: "localTime" }] });
    const changes = [on(one), on(other)];
    const both = createSchedule(
      support,
      aWish(one, { changes, localTime: inHours(4), onWaiting: follow }),
    );
    await expect(both).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("one that replaces cancels the other and its end, each with an entry", async () => {
    const support = await aPerson("support");
    const id = await aNumber();
    const first = await scheduled(support, aWish(id, { until: inHours(3) }));
    const second = await scheduled(
      support,
      aWish(id, { localTime: inHours(2), onWaiting: "replace" }),
    );
    expect(second).toMatchObject({ afterId: null, changes: [{ flagVersion: 0 }] });
    expect(await read(first.id)).toMatchObject({ state: "cancelled", failureCode: "REPLACED" });
    expect(await read(first.endsWith ?? "")).toMatchObject({ state: "cancelled" });
    expect(await readEvents({ targetId: first.id })).toMatchObject([
      { action: "schedule.created" },
      { action: "schedule.cancelled", after: { state: "cancelled", code: "REPLACED" } },
    ]);
  });

  test("one is replaced as a whole only: its other numbers are named first", async () => {
    const support = await aPerson("support");
    const [one, other] = [await aNumber(), await aNumber()];
    const both = [on(one), on(other)];
    const first = await scheduled(support, aWish(one, { changes: both }));
    const more = { localTime: inHours(2), onWaiting: "replace" } as const;
    const attempt = createSchedule(support, aWish(one, more));
    await expect(attempt).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining(`“Turn on 2 numbers” names other numbers`),
      issues: [{ path: "onWaiting", message: expect.stringContaining(other) }],
    });
    expect(await read(first.id)).toMatchObject({ state: "waiting" });
    await scheduled(support, aWish(one, { ...more, changes: both }));
    expect(await read(first.id)).toMatchObject({ state: "cancelled" });
  });

  test("somebody else's is replaced by an admin alone; an approved request becomes void with it", async () => {
    const [manager, approver] = [await aPerson("account_manager"), await aPerson("support")];
    const id = await aNumber();
    const people = { requestedById: manager.id, decidedById: approver.id };
    const { requestId, scheduleId } = await aScheduledRequest({ ...people, phoneNumberId: id });
    const input = aWish(id, { onWaiting: "replace" });
    const other = await aPerson("support");
    await expect(createSchedule(other, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await read(scheduleId)).toMatchObject({ state: "waiting" });
    await scheduled(await aPerson("admin"), input);
    expect(await read(scheduleId)).toMatchObject({ state: "cancelled" });
    expect(await db().changeRequest.findUnique({ where: { id: requestId } })).toMatchObject({
      state: "void",
    });
  });

  test("of two who schedule it at once, one is asked", RACE, async () => {
    const [one, other] = [await aPerson("support"), await aPerson("support")];
    const id = await aNumber();
    const settled = await Promise.allSettled(
      [one, other].map((person) => createSchedule(person, aWish(id))),
    );
    expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await countOf(id)).toBe(1);
  });
});

test("what waits ends with the version that it was bound to, unless it was told to ignore that", async () => {
  const support = await aPerson("support");
  const id = await aNumber();
  const bound = await scheduled(support, aWish(id, { until: inHours(2) }));
  await setFlag(support, { ...on(id), reason });
  expect(await read(bound.id)).toMatchObject({ state: "failed", failureCode: "STALE" });
  expect(await read(bound.endsWith ?? "")).toMatchObject({
    state: "cancelled",
    failureCode: "FIRST_HALF",
  });
  const unbound = await scheduled(support, aWish(id, { isBound: false }));
  await setFlag(support, { phoneNumberId: id, acceptsBsuid: false, reason });
  expect(await read(unbound.id)).toMatchObject({ state: "waiting" });
});

describe("bounds", () => {
  test("a person has at most a hundred waiting", async () => {
    const support = await aPerson("support");
    const phoneNumberId = await aNumber();
    const createdAt = new Date(Date.now() - 2 * HOUR_MS);
    const old = { authorId: support.id, phoneNumberId, isBound: false, createdAt };
    for (let count = 0; count < MAX_WAITING_SCHEDULES; count += 1) {
      await aSchedule(old);
    }
    const attempt = createSchedule(support, aWish(await aNumber()));
    await expect(attempt).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });

  test("a person's waiting schedules name at most ten thousand numbers", async () => {
    const support = await aPerson("support");
    await scheduled(support, aWish(await aNumber(), { until: inHours(2) }));
    const check = (numbers: number) =>
      inAuditedTransaction(support, (tx) =>
        requireWithinBounds(tx, { personId: support.id, numbers }),
      );
    await check(MAX_SCHEDULED_NUMBERS - 1);
    await expect(check(MAX_SCHEDULED_NUMBERS)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  });

  test("a person makes at most thirty within an hour; ends do not count", async () => {
    const support = await aPerson("support");
    for (let count = 0; count < MAX_SCHEDULES_PER_HOUR; count += 1) {
      await createSchedule(support, aWish(await aNumber(), { until: inHours(2) }));
    }
    const id = await aNumber();
    const attempt = createSchedule(support, aWish(id));
    await expect(attempt).rejects.toMatchObject({ code: "RATE_LIMITED" });
    expect(await countOf(id)).toBe(0);
  });
});
