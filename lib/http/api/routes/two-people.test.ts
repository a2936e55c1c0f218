import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../../db/client.ts";

// Changes of flags by the API where an account needs two people.

useTestDatabase();

let token: string;
const reason = "Their CRM takes business-scoped ids";

beforeAll(async () => {
  token = await anApiToken("support");
});

const aGuarded = async () => await aNumber({ accountId: await anAccountOfTwo() });
const put = (id: string, headers: Record<string, string> = {}) =>
  callApi(`PUT /api/v1/numbers/${id}/flag`, {
    token,
    body: { acceptsBsuid: true, reason },
    headers,
  });
const post = (ids: string[], more: object = {}, headers: Record<string, string> = {}) =>
  callApi("POST /api/v1/flag-changes", {
    token,
    body: {
      changes: ids.map((id) => ({ phoneNumberId: id, acceptsBsuid: true })),
      reason,
      ...more,
    },
    headers,
  });
const flipsOf = (ids: string[]) => readEvents({ targetId: { in: ids } });
const requestsFor = (id: string) =>
  db().changeRequest.count({ where: { items: { some: { phoneNumberId: id } } } });

test("one number becomes a request, and nothing is changed yet", async () => {
  const id = await aGuarded();
  const changes = [{ phoneNumberId: id, acceptsBsuid: true, flagVersion: 0 }];
  expect(await put(id)).toMatchObject({
    status: 202,
    body: { request: { state: "open", changes, reason } },
  });
  expect(await flipsOf([id])).toEqual([]);
});

test("a set with one such number becomes one request for all of it", async () => {
  const ids = [await aNumber(), await aGuarded()];
  const answer = await post(ids);
  expect(answer).toMatchObject({ status: 202, body: { request: { changes: { length: 2 } } } });
  expect(await flipsOf(ids)).toEqual([]);
});

test.each(["handling=strict", 'respond-async, Handling="strict"; why=x'])(
  "with Prefer: %s it is 409, and no request is opened",
  async (prefer) => {
    const id = await aGuarded();
    expect(await put(id, { prefer })).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    expect(await post([id], {}, { prefer })).toMatchObject({ status: 409 });
    expect(await requestsFor(id)).toBe(0);
  },
);

test("a preference that is none of ours changes nothing", async () => {
  expect(await put(await aGuarded(), { prefer: "handling=lenient" })).toMatchObject({
    status: 202,
  });
  expect(await put(await aGuarded(), { prefer: "handling" })).toMatchObject({ status: 202 });
});

test("a dry run names the numbers of the request, and opens none", async () => {
  const [open, guarded] = [await aNumber(), await aGuarded()];
  const answer = await post([open, guarded], { dryRun: true });
  expect(answer).toMatchObject({
    status: 200,
    body: {
      changed: [],
      needApproval: [{ phoneNumberId: open }, { phoneNumberId: guarded }],
    },
  });
  expect(await requestsFor(guarded)).toBe(0);
});

test("the same Idempotency-Key opens one request", async () => {
  const id = await aGuarded();
  const headers = { "idempotency-key": randomUUID() };
  const [first, second] = await Promise.all([put(id, headers), put(id, headers)]);
  expect(first).toMatchObject({ status: 202, body: second?.body });
  expect(await requestsFor(id)).toBe(1);
});

test("the answer of a single change is kept with its ETag, in the transaction of the change", async () => {
  const id = await aNumber();
  const headers = { "idempotency-key": randomUUID() };
  const first = await put(id, headers);
  const again = await put(id, headers);
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers.get("etag")).toBe('"v1"');
  const [row] = await db().$queryRaw<{ together: boolean }[]>`
    SELECT k.xmin::text = e.xmin::text AS together FROM idempotency_key k, audit_event e
    WHERE k.key = ${headers["idempotency-key"]} AND e.target_id = ${id}`;
  expect(row).toEqual({ together: true });
});
