import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson, aSchedule, aToken } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { anAccountManager, aRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../../db/client.ts";
import { requestPageSchema, requestWithWishesSchema } from "../schemas/request-schema.ts";

useTestDatabase();

const reason = "Their CRM keys on userId";
const on = (...ids: string[]) =>
  ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
let support: string;

beforeAll(async () => {
  support = await anApiToken("support");
});

const ask = (body: object, token = support, headers = {}) =>
  callApi("POST /api/v1/requests", { token, body, headers });
const count = () => db().changeRequest.count();

test("an account manager asks for their own account, reads it and withdraws it", async () => {
  const { manager, phoneNumberId } = await anAccountManager();
  const { secret: token } = await aToken({ personId: manager.id });
  const answer = await ask({ changes: on(phoneNumberId), reason }, token);
  expect(answer.status).toBe(201);
  const request = requestWithWishesSchema.parse(answer.body);
  expect(request).toMatchObject({
    state: "open",
    changes: [{ phoneNumberId, acceptsBsuid: true, flagVersion: 0 }],
    requestedBy: { email: manager.email },
    at: null,
    decidedBy: null,
  });
  const path = `/api/v1/requests/${request.id}`;
  const auditor = await anApiToken("auditor");
  expect((await callApi(`GET ${path}`, { token: auditor })).body).toEqual(request);
  const withdrawn = await callApi(`POST ${path}/withdraw`, { token });
  expect(withdrawn).toMatchObject({ status: 200, body: { state: "withdrawn" } });
  const again = await callApi(`POST ${path}/withdraw`, { token });
  expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining("ago") } });
  expect(await readEvents({ targetId: request.id })).toMatchObject([
    { action: "request.opened", channel: "api", reason },
    { action: "request.withdrawn", channel: "api" },
  ]);
});

test("who asks is told what else waits for the numbers, their own requests and schedules included", async () => {
  const [first, second] = [await aNumber(), await aNumber()];
  const { id: authorId } = await aPerson("support");
  const scheduleId = await aSchedule({ authorId, phoneNumberId: second });
  const one = await ask({ changes: on(first), reason });
  expect(one.body).toMatchObject({ otherWishes: [] });
  const { id } = requestWithWishesSchema.parse(one.body);
  const again = requestWithWishesSchema.parse(
    (await ask({ changes: on(first, second), reason })).body,
  );
  expect(again.otherWishes).toMatchObject([
    { kind: "schedule", id: scheduleId, phoneNumberId: second, count: 1 },
    { kind: "request", id, phoneNumberId: first, count: 1 },
  ]);
  const read = async () => (await callApi(`GET /api/v1/requests/${id}`, { token: support })).body;
  expect(await read()).toMatchObject({
    otherWishes: [{ kind: "request", id: again.id, count: 1 }],
  });
  await callApi(`POST /api/v1/requests/${id}/withdraw`, { token: support });
  expect(await read()).toMatchObject({ state: "withdrawn", otherWishes: [] });
});

test("a change that became a request tells of the other wishes, too", async () => {
  const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
  const { id } = await aRequest({ numbers: [phoneNumberId] });
  const flip = (token: string) =>
    callApi(`PUT /api/v1/numbers/${phoneNumberId}/flag`, {
      token,
      body: { acceptsBsuid: true, reason },
    });
  expect(await flip(support)).toMatchObject({
    status: 202,
    body: { request: { otherWishes: [{ kind: "request", id }] } },
  });
});

test("a request is declined with words, once, and not by who asked", async () => {
  const by = await aPerson("support");
  const { secret: token } = await aToken({ personId: by.id });
  const { id } = await aRequest({ by });
  const decline = (who: string, body: object = { reason: "Their CRM is not ready" }) =>
    callApi(`POST /api/v1/requests/${id}/decline`, { token: who, body });
  expect(await decline(token)).toMatchObject({ status: 403 });
  expect(await decline(support, {})).toMatchObject({ status: 400 });
  expect(await decline(support)).toMatchObject({
    status: 200,
    body: { state: "declined", decision: "Their CRM is not ready" },
  });
  expect(await decline(await anApiToken("admin"))).toMatchObject({ status: 409 });
});

test("another account's number is 403, and nothing is asked", async () => {
  const { manager, phoneNumberId } = await anAccountManager();
  const { secret: token } = await aToken({ personId: manager.id });
  const before = await count();
  const answer = await ask({ changes: on(phoneNumberId, await aNumber()), reason }, token);
  expect(answer).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  expect(await count()).toBe(before);
});

test("numbers that cannot be asked for are named, and nothing is asked", async () => {
  const accepting = await aNumber({ accepts: true });
  const retired = await aNumber({ isRetired: true });
  const before = await count();
  const cases: [string[], string][] = [
    [[await aNumber(), accepting], "changes[1].phoneNumberId"],
    [[retired], "changes[0].phoneNumberId"],
    [["4711"], "changes[0].phoneNumberId"],
  ];
  for (const [ids, path] of cases) {
    const answer = await ask({ changes: on(...ids), reason });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  }
  expect(await count()).toBe(before);
});

test("a wished time is kept; one that passed, or is no time, is refused", async () => {
  const at = new Date(Date.now() + 3_600_000).toISOString();
  const wished = await ask({ changes: on(await aNumber()), reason, at });
  expect(wished).toMatchObject({ status: 201, body: { at } });
  for (const wrong of ["2020-01-01T00:00:00Z", "tomorrow", "2030-02-30T00:00:00Z"]) {
    const answer = await ask({ changes: on(await aNumber()), reason, at: wrong });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "at" }] } });
  }
});

test("the same Idempotency-Key asks once", async () => {
  const body = { changes: on(await aNumber()), reason };
  const headers = { "idempotency-key": randomUUID() };
  const [first, second] = [await ask(body, support, headers), await ask(body, support, headers)];
  expect(second.body).toEqual(first.body);
  expect(second).toMatchObject({ status: 201 });
  expect(second.headers.get("idempotency-replayed")).toBe("true");
});

test("approving has no API", async () => {
  const { id } = await aRequest();
  const admin = await anApiToken("admin");
  for (const call of [
    `POST /api/v1/requests/${id}/approve`,
    `PUT /api/v1/requests/${id}/approve`,
    `PUT /api/v1/requests/${id}`,
    `PATCH /api/v1/requests/${id}`,
    `POST /api/v1/requests/${id}`,
  ]) {
    const { status } = await callApi(call, {
      token: admin,
      body: { state: "approved", version: 1 },
    });
    expect([404, 405], call).toContain(status);
  }
  expect(await db().changeRequest.findUnique({ where: { id } })).toMatchObject({ state: "open" });
});

test("the list has open ones first, oldest first, then the others, in pages", async () => {
  const { manager, accountId, phoneNumberId } = await anAccountManager();
  const { secret: token } = await aToken({ personId: manager.id });
  const ids: string[] = [];
  for (let each = 0; each < 4; each += 1) {
    ids.push((await aRequest({ by: manager, numbers: [phoneNumberId] })).id);
  }
  const [first, second, third, fourth] = ids;
  for (const id of [first, third]) {
    await callApi(`POST /api/v1/requests/${id}/withdraw`, { token });
  }
  const pages: (string | undefined)[] = [];
  let cursor: string | null = "";
  for (let page = 0; cursor !== null && page < 9; page += 1) {
    const query: string = `accountId=${accountId}&limit=1&cursor=${cursor}`;
    const { body } = await callApi(`GET /api/v1/requests?${query}`, { token: support });
    const { items, nextCursor } = requestPageSchema.parse(body);
    pages.push(items[0]?.id);
    cursor = nextCursor;
  }
  expect(pages).toEqual([second, fourth, third, first]);
  const listed = async (query: string, who: string) => {
    const { body } = await callApi(`GET /api/v1/requests?${query}`, { token: who });
    return requestPageSchema.parse(body).items.map(({ id }) => id);
  };
  expect(await listed("mine=true&state=open", token)).toEqual([second, fourth]);
  expect(await listed(`accountId=${accountId}&state=withdrawn`, support)).toEqual([third, first]);
  expect(await listed(`accountId=${accountId}&mine=true`, support)).toEqual([]);
});

test.each([
  ["status=open", "status"],
  ["state=closed", "state"],
  ["accountId=acme", "accountId"],
  ["mine=1", "mine"],
  ["cursor=x", "cursor"],
  ["limit=0", "limit"],
])("the list refuses %s", async (query, path) => {
  const answer = await callApi(`GET /api/v1/requests?${query}`, { token: support });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test("a malformed id is 400, an unknown one 404", async () => {
  for (const [id, status] of [
    [randomUUID(), 404],
    ["4711", 400],
  ] as const) {
    expect(await callApi(`GET /api/v1/requests/${id}`, { token: support })).toMatchObject({
      status,
    });
    const body = { reason };
    const decline = await callApi(`POST /api/v1/requests/${id}/decline`, { token: support, body });
    expect(decline).toMatchObject({ status });
  }
});
