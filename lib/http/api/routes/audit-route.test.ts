import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { hashEvent } from "../../../audit/event.ts";
import { splitEntry } from "../../../audit/private/signed-entry.ts";
import { auditPageSchema, signedEntrySchema } from "../schemas/audit-schema.ts";

useTestDatabase();

let token: string;

beforeAll(async () => {
  token = await anApiToken("audit:read");
  for (let index = 0; index < 3; index += 1) await aNumber({ accepts: true });
});

async function read(query = "") {
  return auditPageSchema.parse((await callApi(`GET /api/v1/audit${query}`, { token })).body);
}

test("an auditor gets exactly what was hashed, and the hashes chain", async () => {
  const auditors = { token: await anApiToken("auditor") };
  const { items } = auditPageSchema.parse((await callApi("GET /api/v1/audit", auditors)).body);
  expect(items.length).toBeGreaterThanOrEqual(3);
  for (const [place, event] of items.entries()) {
    const signed = await callApi(`GET /api/v1/audit/${event.seq}?form=signed`, auditors);
    expect(hashEvent(splitEntry(signedEntrySchema.parse(signed.body)).event)).toBe(event.hash);
    expect((await callApi(`GET /api/v1/audit/${event.seq}`, auditors)).body).toEqual(event);
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

test("filters narrow the entries, and a time range excludes its end", async () => {
  const [newest] = (await read("?limit=1")).items;
  const target = `?targetType=number&targetId=${newest?.target.id}`;
  expect((await read(target)).items).toMatchObject([{ seq: newest?.seq }]);
  expect((await read("?action=flag.disabled")).items).toEqual([]);
  const from = encodeURIComponent(newest?.occurredAt ?? "");
  expect((await read(`?from=${from}&limit=1`)).items).toMatchObject([{ seq: newest?.seq }]);
  const next = new Date(Date.parse(newest?.occurredAt ?? "") + 1).toISOString();
  expect((await read(`?from=${from}&to=${next}`)).items).toMatchObject([{ seq: newest?.seq }]);
  expect((await read(`?to=${from}&limit=1`)).items).not.toMatchObject([{ seq: newest?.seq }]);
});

test.each([
  ["actor=1", "actor"],
  ["from=yesterday", "from"],
  ["from=2026-02-30T00:00:00Z", "from"],
  ["from=0000-01-01T00:00:00Z", "from"],
  ["from=0001-01-01T00:00:00Z", "from"],
  ["to=0001-01-01T00:00:00%2B14:00", "to"],
  ["from=1969-12-31T23:59:59.999Z", "from"],
  ["to=9999-12-31T23:59:59-01:00", "to"],
  ["to=10000-01-01T00:00:00Z", "to"],
  ["from=2026-11-22", "from"],
  ["from=2026-11-22T10:00", "from"],
  ["from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:00Z", "to"],
  ["from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:00%2B01:00", "to"],
  ["action=flag.enable", "action"],
  ["action=FLAG.ENABLED", "action"],
  ["targetType=phone", "targetType"],
  ["targetId=106540352242999", "targetId"],
  ["actorId=nobody", "actorId"],
  ["actorId=7f3c1b52-5a4f-4a65-9d6e-0d3f1d3f9a11", "actorId"],
  ["actorEmail=nobody@example.com", "actorEmail"],
  ["accountId=7f3c1b52-5a4f-4a65-9d6e-0d3f1d3f9a11", "accountId"],
  ["outcome=ok", "outcome"],
  ["channel=web", "channel"],
  ["targetId=a%00b", "targetId"],
  ["cursor=-1", "cursor"],
  ["limit=1e9", "limit"],
])("the trail asked for with %s is refused, and the parameter named", async (query, path) => {
  const answer = await callApi(`GET /api/v1/audit?${query}`, { token });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  const { status } = await callApi(`GET /api/v1/audit/export?${query}`, { token });
  expect(status).toBe(400);
});

test.each([
  "to=9999-12-31T23:59:59.999Z",
  "from=1970-01-01T00:00:00Z",
  "from=9999-12-31T23:59:59Z",
])("the trail asked for with %s, a time far off, is answered", async (query) => {
  expect(await callApi(`GET /api/v1/audit?${query}`, { token })).toMatchObject({ status: 200 });
});
