import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { db } from "../../../db/client.ts";
import { auditPageSchema } from "../schemas/audit-schema.ts";
import { numberPageSchema, numberSchema } from "../schemas/number-schema.ts";

useTestDatabase();

let token: string;

beforeAll(async () => {
  token = await anApiToken("support");
});

test("the list goes on page by page until nextCursor is null, each number once", async () => {
  const accountId = await anAccount();
  const ids = await Promise.all(Array.from({ length: 5 }, () => aNumber({ accountId })));
  const seen: string[] = [];
  let cursor = "";
  do {
    const path = `/api/v1/numbers?accountId=${accountId}&limit=2${cursor}`;
    const page = numberPageSchema.parse((await callApi(`GET ${path}`, { token })).body);
    seen.push(...page.items.map(({ phoneNumberId }) => phoneNumberId));
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "");
  expect(seen.sort()).toEqual(ids.sort());
});

test("the list is filtered by account, flag and retirement, and searched", async () => {
  const accountId = await anAccount();
  const on = await aNumber({ accountId, accepts: true, label: "Lojas Ágata" });
  const retired = await aNumber({ accountId, isRetired: true });
  const ask = async (query: string) => {
    const path = `/api/v1/numbers?accountId=${accountId}&${query}`;
    const page = numberPageSchema.parse((await callApi(`GET ${path}`, { token })).body);
    return page.items.map(({ phoneNumberId }) => phoneNumberId);
  };
  expect(await ask("accepts=true")).toEqual([on]);
  expect(await ask("retired=true")).toEqual([retired]);
  expect(await ask("accepts=false&retired=false")).toEqual([]);
  expect(await ask("q=lojas%20%C3%A1gata")).toEqual([on]);
  expect(await ask(`q=${retired}`)).toEqual([retired]);
});

test("the list is filtered by mixed portfolios, by manager and by when the flag changed", async () => {
  const accountId = await anAccount();
  const { id: managerId, email } = await aPerson("account_manager");
  await db().account.update({ where: { id: accountId }, data: { managerId } });
  const mixed = { accountId, portfolioId: "910000000000001" };
  const plain = { accountId, portfolioId: "910000000000002" };
  const on = await aNumber({ ...mixed, accepts: true });
  const off = await aNumber(mixed);
  const alone = await aNumber({ ...plain, accepts: true });
  const retired = await aNumber({ ...plain, isRetired: true });
  await aNumber({ accountId: await anAccount() });
  const ask = async (query: string) => {
    const answer = await callApi(`GET /api/v1/numbers?${query}`, { token });
    return numberPageSchema.parse(answer.body).items.map(({ phoneNumberId }) => phoneNumberId);
  };
  const mine = `manager=${encodeURIComponent(email.toUpperCase())}`;
  expect((await ask(mine)).sort()).toEqual([on, off, alone, retired].sort());
  expect((await ask(`${mine}&mixed=true`)).sort()).toEqual([on, off].sort());
  expect((await ask(`${mine}&mixed=false`)).sort()).toEqual([alone, retired].sort());
  const { flagChangedAt } = await db().number.findUniqueOrThrow({ where: { phoneNumberId: on } });
  const since = (at: number) => `changedSince=${new Date(at).toISOString()}`;
  const at = flagChangedAt?.getTime() ?? 0;
  expect((await ask(`${mine}&${since(at)}`)).sort()).toEqual([on, alone].sort());
  expect(await ask(`${mine}&${since(Date.now() + 60_000)}`)).toEqual([]);
  expect(await ask("manager=nobody@staff.test")).toEqual([]);
});

test.each([
  ["mixed=yes", "mixed"],
  ["manager=Ana", "manager"],
  ["changedSince=yesterday", "changedSince"],
  ["changedSince=2026-11-22T10:00:00", "changedSince"],
  ["acepts=true", "acepts"],
  ["backwards=true", "backwards"],
  ["limit=0", "limit"],
  ["limit=201", "limit"],
  ["limit=ten", "limit"],
  ["limit=1&limit=2", "limit"],
  ["accepts=yes", "accepts"],
  ["accountId=1", "accountId"],
  ["q=a%00b", "q"],
  ["cursor=nonsense", "cursor"],
])("a list asked for with %s is refused, and the parameter named", async (query, path) => {
  const answer = await callApi(`GET /api/v1/numbers?${query}`, { token });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});

test.each([
  ["label", ["changed", "5", "1"]],
  ["changed", ["changed", "five", "1"]],
  ["changed", ["changed", "9".repeat(20), "1"]],
  ["label", ["label", "a\0b", "1"]],
  ["label", ["label", "\ud800", "1"]],
  ["label", ["label", "a"]],
  ["label", null],
])("in the order %s the forged cursor %j is refused", async (sort, position) => {
  const cursor = Buffer.from(JSON.stringify(position)).toString("base64url");
  const answer = await callApi(`GET /api/v1/numbers?sort=${sort}&cursor=${cursor}`, { token });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "cursor" }] } });
});

test("one number has its flag's version as ETag, which hides no other change behind a 304", async () => {
  const id = await aNumber({ accepts: true });
  const headers = { "if-none-match": '"v1"' };
  const answer = await callApi(`GET /api/v1/numbers/${id}`, { token, headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("etag")).toBe('"v1"');
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(numberSchema.parse(answer.body)).toMatchObject({ phoneNumberId: id, flagVersion: 1 });
});

test("an unknown number is 404, and so is its history", async () => {
  for (const path of ["/api/v1/numbers/4711", "/api/v1/numbers/4711/history"]) {
    const answer = await callApi(`GET ${path}`, { token });
    expect(answer).toMatchObject({ status: 404, body: { code: "NOT_FOUND" } });
  }
});

test("a number's history is its own events, newest first, in pages", async () => {
  const id = await aNumber({ accepts: true });
  await aNumber({ accepts: true });
  const body = { acceptsBsuid: false, reason: "They asked for it" };
  await callApi(`PUT /api/v1/numbers/${id}/flag`, { token, body });
  const path = `/api/v1/numbers/${id}/history?limit=1`;
  const newest = auditPageSchema.parse((await callApi(`GET ${path}`, { token })).body);
  expect(newest.items).toMatchObject([{ action: "flag.disabled", target: { id } }]);
  const next = await callApi(`GET ${path}&cursor=${newest.nextCursor}`, { token });
  const oldest = auditPageSchema.parse(next.body);
  expect(oldest.items).toMatchObject([{ action: "flag.enabled", target: { id } }]);
  expect(oldest.nextCursor).toBeNull();
});

test("a parameter without a value counts as not given", async () => {
  const query = "?q=&accountId=&accepts=&retired=&limit=&cursor=";
  const [bare, empty] = await Promise.all(
    ["", query].map((end) => callApi(`GET /api/v1/numbers${end}`, { token })),
  );
  expect(empty).toMatchObject({ status: 200, body: bare?.body });
});

test("updatedSince returns what changed, ends with the cursor for the next call, and allows no filter", async () => {
  const read = async (updatedSince: string) => {
    const path = `/api/v1/numbers?limit=200&updatedSince=${updatedSince}`;
    return numberPageSchema.parse((await callApi(`GET ${path}`, { token })).body);
  };
  await aNumber();
  const first = await read("0");
  expect(await read(first.nextCursor ?? "")).toMatchObject({ items: [] });
  const phoneNumberId = await aNumber({ isRetired: true });
  const next = await read(first.nextCursor ?? "");
  expect(next.items.map((number) => number.phoneNumberId)).toEqual([phoneNumberId]);
  const refused = await callApi("GET /api/v1/numbers?updatedSince=0&accepts=true&sort=label", {
    token,
  });
  expect(refused).toMatchObject({
    status: 400,
    body: { errors: [{ path: "accepts" }, { path: "sort" }] },
  });
  const unknown = await callApi("GET /api/v1/numbers?updated_since=0", { token });
  expect(unknown.status).toBe(400);
});
