import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson, aToken } from "#testing/factories.ts";
import { callApi } from "#testing/http/call-api.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../../db/client.ts";
import {
  MAX_OPEN_REQUESTS,
  MAX_REQUESTED_NUMBERS,
  MAX_REQUESTS_PER_HOUR,
} from "../../../flags/pending/request-bounds.ts";
import {
  MAX_SCHEDULES_PER_HOUR,
  MAX_WAITING_SCHEDULES,
} from "../../../schedules/schedule-bounds.ts";

// What one person may ask for and schedule, from every door of the API that opens a request or makes a schedule.

const database = useTestDatabase();

const HOUR_MS = 3_600_000;
const reason = "Their CRM takes business-scoped ids";

/** A person of support with requests that are open, or (of the last hour) already withdrawn. */
async function aBusyPerson({ open = 0, withdrawn = 0 }: { open?: number; withdrawn?: number }) {
  const { id } = await aPerson("support");
  const { secret: token } = await aToken({ personId: id });
  const request = { display: "1 number", reason, requestedById: id };
  const expiresAt = new Date(Date.now() + HOUR_MS);
  const earlier = { state: "open", requestedAt: new Date(Date.now() - 2 * HOUR_MS), expiresAt };
  const over = { state: "withdrawn", endedAt: new Date(), expiresAt };
  await db().changeRequest.createMany({
    data: [
      ...Array.from({ length: open }, () => ({ ...request, ...earlier })),
      ...Array.from({ length: withdrawn }, () => ({ ...request, ...over })),
    ],
  });
  return { id, token };
}

const aGuarded = async () => await aNumber({ accountId: await anAccountOfTwo() });

const DOORS = {
  "POST /api/v1/requests": (phoneNumberId: string, token: string) =>
    callApi("POST /api/v1/requests", {
      token,
      body: { changes: [{ phoneNumberId, acceptsBsuid: true }], reason },
    }),
  "PUT /api/v1/numbers/{id}/flag": (phoneNumberId: string, token: string) =>
    callApi(`PUT /api/v1/numbers/${phoneNumberId}/flag`, {
      token,
      body: { acceptsBsuid: true, reason },
    }),
  "POST /api/v1/flag-changes": (phoneNumberId: string, token: string) =>
    callApi("POST /api/v1/flag-changes", {
      token,
      body: { changes: [{ phoneNumberId, acceptsBsuid: true }], reason },
    }),
} as const;

/** A person of support with schedules that wait, or (of the last hour) were cancelled. */
async function aPlanner({ waiting = 0, cancelled = 0 }: { waiting?: number; cancelled?: number }) {
  const { id } = await aPerson("support");
  const { secret: token } = await aToken({ personId: id });
  const at = new Date(Date.now() + 24 * HOUR_MS);
  const schedule = { display: "1 number", reason, authorId: id, at, nextAttemptAt: at };
  const time = { zone: "UTC", localTime: at.toISOString().slice(0, 16) };
  const earlier = { createdAt: new Date(Date.now() - 2 * HOUR_MS) };
  const over = { state: "cancelled", endedAt: new Date() };
  await db().schedule.createMany({
    data: [
      ...Array.from({ length: waiting }, () => ({ ...schedule, ...time, ...earlier })),
      ...Array.from({ length: cancelled }, () => ({ ...schedule, ...time, ...over })),
    ],
  });
  return { id, token, time };
}

test.each([
  ["waiting schedules", { waiting: MAX_WAITING_SCHEDULES }],
  ["schedules of an hour", { cancelled: MAX_SCHEDULES_PER_HOUR }],
])("whoever has too many %s is refused another, and told when to come again", async (_, has) => {
  const { id, token, time } = await aPlanner(has);
  const changes = [{ phoneNumberId: await aNumber(), acceptsBsuid: true }];
  const before = await db().schedule.count({ where: { authorId: id } });
  const answer = await callApi("POST /api/v1/schedules", {
    token,
    body: { changes, ...time, reason },
  });
  expect(answer).toMatchObject({ status: 429, body: { code: "RATE_LIMITED" } });
  expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  expect(await db().schedule.count({ where: { authorId: id } })).toBe(before);
});

const countOf = (requestedById: string) => db().changeRequest.count({ where: { requestedById } });

test.each(
  Object.entries(DOORS).flatMap(([door, ask]) => [
    [door, "open requests", { open: MAX_OPEN_REQUESTS }, ask] as const,
    [door, "requests of an hour", { withdrawn: MAX_REQUESTS_PER_HOUR }, ask] as const,
  ]),
)("%s refuses whoever has too many %s, and says when to come again", async (_, __, has, ask) => {
  const { id, token } = await aBusyPerson(has);
  const before = await countOf(id);
  const { status, headers, body } = await ask(await aGuarded(), token);
  expect({ status, body }).toMatchObject({ status: 429, body: { code: "RATE_LIMITED" } });
  expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  expect(await countOf(id)).toBe(before);
  expect(await readEvents({ actorId: id })).toEqual([]);
});

test("of two who ask at once within one's bounds, one is refused", async () => {
  const { id, token } = await aBusyPerson({ open: MAX_OPEN_REQUESTS - 1 });
  const ask = DOORS["POST /api/v1/requests"];
  const numbers = [await aNumber(), await aNumber()];
  const answers = await Promise.all(numbers.map((number) => ask(number, token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 429]);
  expect(await countOf(id)).toBe(MAX_OPEN_REQUESTS);
});

test("a person's open requests name 10,000 numbers at most", async () => {
  const { id, token } = await aBusyPerson({ open: 1 });
  const accountId = await anAccount();
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(
      `INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
       SELECT 700000000000000 + n, '+1555' || 8000000 + n, 'Number ' || n, $1, '1', '1'
       FROM generate_series(1, $2::int) AS n`,
      [accountId, MAX_REQUESTED_NUMBERS - 1],
    ),
  );
  const { id: requestId } = await db().changeRequest.findFirstOrThrow({
    where: { requestedById: id },
  });
  await db().$executeRaw`
    INSERT INTO change_request_item (request_id, phone_number_id, accepts_bsuid, flag_version, account_id)
    SELECT ${requestId}::uuid, phone_number_id, true, 0, account_id FROM number WHERE account_id = ${accountId}::uuid`;
  const ask = DOORS["POST /api/v1/requests"];
  expect(await ask(await aNumber(), token)).toMatchObject({ status: 201 });
  expect(await ask(await aNumber(), token)).toMatchObject({ status: 429 });
});
