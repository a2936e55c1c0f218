import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../../db/client.ts";
import { runDueSchedules } from "../../../schedules/run-due-schedules.ts";
import { newScheduleRunner } from "../../../schedules/schedule-runner.ts";
import { requestWithWishesSchema } from "../schemas/request-schema.ts";
import { schedulePageSchema, scheduleSchema } from "../schemas/schedule-schema.ts";

useTestDatabase();

let token: string;
const reason = "The campaign begins then";
const HOUR_MS = 3_600_000;
const inHours = (hours: number) =>
  new Date(Date.now() + hours * HOUR_MS).toISOString().slice(0, "2027-03-01T09:00:00".length);
const on = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: true });

beforeAll(async () => {
  token = await anApiToken("support");
});

const post = (path: string, body?: object, headers: Record<string, string> = {}) =>
  callApi(`POST ${path}`, { token, headers, ...(body === undefined ? {} : { body }) });

async function schedule(phoneNumberId: string, more: object = {}) {
  const body = {
    changes: [on(phoneNumberId)],
    localTime: inHours(1),
    zone: "UTC",
    reason,
    ...more,
  };
  return await post("/api/v1/schedules", body);
}

const created = async (...given: Parameters<typeof schedule>) =>
  scheduleSchema.parse((await schedule(...given)).body);

test("a schedule is made, read, listed, moved and cancelled", async () => {
  const id = await aNumber();
  const answer = await schedule(id, { until: inHours(3) });
  expect(answer.status).toBe(201);
  const made = scheduleSchema.parse(answer.body);
  expect(made).toMatchObject({ state: "waiting", zone: "UTC", requestId: null, failure: null });
  const path = `/api/v1/schedules/${made.id}`;
  expect((await callApi(`GET ${path}`, { token })).body).toEqual(made);
  const list = await callApi(`GET /api/v1/schedules?phoneNumberId=${id}&state=waiting`, { token });
  expect(schedulePageSchema.parse(list.body).items.map((item) => item.id)).toEqual([
    made.id,
    made.endsWith,
  ]);
  const localTime = inHours(2);
  const moved = await post(`${path}/move`, { localTime, reason });
  expect(moved).toMatchObject({ status: 200, body: { localTime } });
  const cancelled = await post(`${path}/cancel`, { reason });
  expect(cancelled).toMatchObject({ status: 200, body: { state: "cancelled" } });
  expect(await post(`${path}/cancel`)).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
});

test("a schedule is cancelled without a body, too", async () => {
  const { id } = await created(await aNumber());
  expect(await post(`/api/v1/schedules/${id}/cancel`)).toMatchObject({
    status: 200,
    body: { state: "cancelled", failure: { code: "CANCELLED" } },
  });
});

test.each([
  ["does not exist", { localTime: "2027-03-28T02:30", zone: "Europe/Madrid" }, "2027-03-28T03:00"],
  ["exists twice", { localTime: "2027-10-31T02:30", zone: "Europe/Madrid" }, "ambiguous"],
  ["has passed", { localTime: "2026-01-01T09:00" }, "passed"],
])("a local time that %s is refused with 422, and says what to do", async (_, when, words) => {
  const answer = await schedule(await aNumber(), when);
  expect(answer).toMatchObject({
    status: 422,
    body: {
      code: "INVALID_INPUT",
      errors: [{ path: "localTime", message: expect.stringContaining(words) }],
    },
  });
});

test("after it ran, cancelling is a conflict that says to undo it instead", async () => {
  const { id } = await created(await aNumber());
  await db().schedule.update({ where: { id }, data: { nextAttemptAt: new Date() } });
  await runDueSchedules(newScheduleRunner());
  expect(await post(`/api/v1/schedules/${id}/cancel`)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("Undo") },
  });
});

test("where an account needs two people the answer is a request, and nothing is scheduled", async () => {
  const id = await aNumber({ accountId: await anAccountOfTwo() });
  const answer = await schedule(id);
  expect(answer.status).toBe(202);
  const { request } = answer.body as { request: unknown };
  expect(requestWithWishesSchema.parse(request)).toMatchObject({
    state: "open",
    changes: [on(id)],
  });
});

test("the same key makes one schedule, and answers again", async () => {
  const id = await aNumber();
  const body = { changes: [on(id)], localTime: inHours(1), zone: "UTC", reason };
  const key = { "idempotency-key": "one of a test" };
  const first = await post("/api/v1/schedules", body, key);
  const again = await post("/api/v1/schedules", body, key);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  const { id: scheduleId } = scheduleSchema.parse(first.body);
  expect(await readEvents({ targetId: scheduleId })).toHaveLength(1);
});

test("the list is paged, those that wait soonest first, others latest first", async () => {
  const mine = await anApiToken("support");
  const ids: string[] = [];
  for (const hours of [5, 3, 4]) {
    const changes = [on(await aNumber())];
    const body = { changes, localTime: inHours(hours), zone: "UTC", reason };
    const answer = await callApi("POST /api/v1/schedules", { token: mine, body });
    ids.push(scheduleSchema.parse(answer.body).id);
  }
  const [five, three, four] = ids;
  const list = async (query: string) =>
    schedulePageSchema.parse(
      (await callApi(`GET /api/v1/schedules?${query}`, { token: mine })).body,
    );
  const first = await list("mine=true&state=waiting&limit=2");
  expect(first.items.map(({ id }) => id)).toEqual([three, four]);
  const rest = await list(`mine=true&state=waiting&limit=2&cursor=${first.nextCursor}`);
  expect(rest).toMatchObject({ items: [{ id: five }], nextCursor: null });
  expect((await list("mine=true")).items.map(({ id }) => id)).toEqual([five, four, three]);
});

test.each(["state=nonsense", "nonsense=1", "from=yesterday", "cursor=x", "personId=x"])(
  "%s is refused",
  async (query) => {
    expect(await callApi(`GET /api/v1/schedules?${query}`, { token })).toMatchObject({
      status: 400,
    });
  },
);
