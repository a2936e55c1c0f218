import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../../db/client.ts";
import {
  accountPageSchema,
  accountSchema,
  changedAccountSchema,
} from "../schemas/account-schema.ts";

useTestDatabase();

const reason = "Ana takes over in the north";
let admin: string;
let manager: string;

beforeAll(async () => {
  admin = await anApiToken("admin");
  manager = await anApiToken("account_manager");
});

const put = (id: string, what: string, body: object, token = admin) =>
  callApi(`PUT /api/v1/accounts/${id}/${what}`, { token, body });

test("accounts are listed in pages and got one by one, with what is counted", async () => {
  const mark = randomUUID();
  const ids = [await anAccount(`A ${mark}`), await anAccount(`B ${mark}`)];
  await aNumber({ accountId: ids[0] ?? "", accepts: true });
  const path = `GET /api/v1/accounts?q=${mark}&limit=1`;
  const first = accountPageSchema.parse((await callApi(path, { token: manager })).body);
  expect(first).toMatchObject({ total: 2, items: [{ id: ids[0], numbers: { on: 1 } }] });
  const next = await callApi(`${path}&cursor=${first.nextCursor}`, { token: manager });
  const { items, nextCursor } = accountPageSchema.parse(next.body);
  expect([items.map(({ id }) => id), nextCursor]).toEqual([[ids[1]], null]);
  const one = await callApi(`GET /api/v1/accounts/${ids[0]}`, { token: manager });
  expect(accountSchema.parse(one.body)).toEqual(first.items[0]);
});

test("an unknown parameter is 400, an unknown account 404", async () => {
  const answer = await callApi("GET /api/v1/accounts?name=Acme", { token: manager });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "name" }] } });
  for (const [id, status] of [
    [randomUUID(), 404],
    ["acme", 400],
  ] as const) {
    const one = await callApi(`GET /api/v1/accounts/${id}`, { token: manager });
    expect(one.status).toBe(status);
    expect((await put(id, "zone", { zone: "UTC", reason })).status).toBe(status);
    expect((await put(id, "manager", { email: null, reason })).status).toBe(status);
  }
});

test("a manager, stand-ins and a zone are set, and the entries come by API", async () => {
  const id = await anAccount();
  const { email, name } = await aPerson("account_manager");
  const answer = await put(id, "manager", { email, standIns: [], reason });
  expect(answer.status).toBe(200);
  const { changed, account } = changedAccountSchema.parse(answer.body);
  expect([changed, account.manager]).toEqual([true, { email, name }]);
  const again = await put(id, "manager", { email, reason });
  expect(again).toMatchObject({ status: 200, body: { changed: false } });
  const zone = await put(id, "zone", { zone: "America/Recife", reason });
  expect(zone).toMatchObject({ status: 200, body: { account: { zone: "America/Recife" } } });
  const events = await readEvents({ targetId: id });
  expect(events).toMatchObject([{ channel: "api" }, { channel: "api" }]);
});

test("a manager that the roster names is 409, with words", async () => {
  const id = await anAccount();
  const { id: managerId } = await aPerson("account_manager");
  const data = { managerId, isManagerFromRoster: true };
  await db().account.update({ where: { id }, data });
  const answer = await put(id, "manager", { email: null, reason });
  expect(answer).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("roster names the manager") },
  });
});

test.each([
  ["manager", { email: "nobody@staff.test", reason }, "email"],
  ["manager", { email: null, standIns: ["x"], reason }, "standIns[0]"],
  ["manager", { email: null }, "reason"],
  ["zone", { zone: "Brazil", reason }, "zone"],
  ["zone", { reason }, "zone"],
])("a wrong %s is 400 and names the field: %j", async (what, body, path) => {
  const answer = await put(await anAccount(), what, body);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test("the rule of two people is on at once, and its lifting is 202 with the request", async () => {
  const id = await anAccount();
  const set = (needsTwoPeople: boolean) => put(id, "two-people", { needsTwoPeople, reason });
  expect(await set(true)).toMatchObject({
    status: 200,
    body: { account: { needsTwoPeople: true } },
  });
  expect(await set(false)).toMatchObject({
    status: 202,
    body: { request: { state: "open", liftsTwoPeopleOf: { id } } },
  });
  expect((await set(false)).status).toBe(409);
  const { body } = await callApi(`GET /api/v1/accounts/${id}`, { token: admin });
  expect(body).toMatchObject({ needsTwoPeople: true, openRequests: 1 });
});

test("a retry with its key is answered again, and changes nothing more", async () => {
  const id = await anAccount();
  const headers = { "idempotency-key": randomUUID() };
  const body = { zone: "UTC", reason };
  const call = () => callApi(`PUT /api/v1/accounts/${id}/zone`, { token: admin, body, headers });
  const [first, again] = [await call(), await call()];
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(await readEvents({ targetId: id })).toHaveLength(1);
});
