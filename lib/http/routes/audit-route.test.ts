import { beforeAll, expect, test } from "vitest";
import { hashEvent } from "../../audit/event.ts";
import { anApiToken } from "../../testing/api-token.ts";
import { callApi } from "../../testing/call-api.ts";
import { aNumber } from "../../testing/factories.ts";
import { useTestDatabase } from "../../testing/use-test-database.ts";
import { auditPageSchema } from "../schemas/audit-schema.ts";

useTestDatabase();

let token: string;

beforeAll(async () => {
  token = await anApiToken("audit:read");
  for (let index = 0; index < 3; index += 1) await aNumber({ accepts: true });
});

async function read(query = "") {
  return auditPageSchema.parse((await callApi(`GET /api/v1/audit${query}`, { token })).body);
}

test("what is answered is what was hashed, and the hashes chain", async () => {
  const { items } = await read();
  expect(items.length).toBeGreaterThanOrEqual(3);
  for (const [place, event] of items.entries()) {
    expect(hashEvent(event)).toBe(event.hash);
    expect(event.prevHash).toBe(items[place + 1]?.hash ?? "0".repeat(64));
  }
});

test("pages follow each other without gap or repetition while the trail grows", async () => {
  const { items } = await read();
  const first = await read("?limit=2");
  await aNumber({ accepts: true });
  const second = await read(`?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items]).toEqual(items.slice(0, 4));
});

test("filters narrow, and a time range has an end that is not in it", async () => {
  const [newest] = (await read("?limit=1")).items;
  const target = `?targetType=number&targetId=${newest?.target.id}`;
  expect((await read(target)).items).toMatchObject([{ seq: newest?.seq }]);
  expect((await read("?action=flag.disabled")).items).toEqual([]);
  const from = encodeURIComponent(newest?.occurredAt ?? "");
  expect((await read(`?from=${from}&limit=1`)).items).toMatchObject([{ seq: newest?.seq }]);
  expect((await read(`?from=${from}&to=${from}`)).items).toEqual([]);
});

test.each([
  ["actor=1", "actor"],
  ["from=yesterday", "from"],
  ["from=2026-02-30T00:00:00Z", "from"],
  ["from=0000-01-01T00:00:00Z", "from"],
  ["outcome=ok", "outcome"],
  ["channel=web", "channel"],
  ["targetId=a%00b", "targetId"],
  ["cursor=-1", "cursor"],
  ["limit=1e9", "limit"],
])("the trail asked for with %s is refused, and the parameter named", async (query, path) => {
  const answer = await callApi(`GET /api/v1/audit?${query}`, { token });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});
