import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { MAX_CHANGES } from "../../../flags/max-changes.ts";
import { auditPageSchema } from "../schemas/audit-schema.ts";
import { changedFlagsSchema } from "../schemas/number-schema.ts";

useTestDatabase();

let token: string;
const reason = "The whole account moved over";

beforeAll(async () => {
  token = await anApiToken("support");
});

async function post(changes: unknown, more: object = {}) {
  const body = { changes, reason, ...more };
  return await callApi("POST /api/v1/flag-changes", { token, body });
}

const on = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: true });

async function eventsOf(id: string) {
  const { body } = await callApi(`GET /api/v1/numbers/${id}/history`, { token });
  return auditPageSchema.parse(body).items;
}

test("many flags change at once, and those that already had the value are reported apart", async () => {
  const ids = [await aNumber(), await aNumber(), await aNumber({ accepts: true })];
  const answer = await post(ids.map(on));
  const { changed, unchanged } = changedFlagsSchema.parse(answer.body);
  expect(changed.map(({ phoneNumberId }) => phoneNumberId)).toEqual(ids.slice(0, 2));
  expect(unchanged.map(({ phoneNumberId }) => phoneNumberId)).toEqual(ids.slice(2));
  const [first] = await eventsOf(ids[0] ?? "");
  const [second] = await eventsOf(ids[1] ?? "");
  expect(first?.batchId).toBe(second?.batchId);
});

test("a dry run answers the same and changes nothing", async () => {
  const id = await aNumber();
  const answer = await post([on(id)], { dryRun: true });
  expect(changedFlagsSchema.parse(answer.body).changed).toMatchObject([{ acceptsBsuid: true }]);
  expect(await eventsOf(id)).toEqual([]);
});

test("unknown, retired, repeated and stale numbers are each named in a 422, and nothing changes", async () => {
  const good = await aNumber();
  const retired = await aNumber({ isRetired: true });
  const stale = { ...on(await aNumber()), expectedVersion: 7 };
  const answer = await post([on(good), on("4711"), on(retired), on(good), stale]);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({
    code: "INVALID_INPUT",
    errors: [1, 2, 3, 4].map((index) => ({ path: `changes[${index}].phoneNumberId` })),
  });
  expect(await eventsOf(good)).toEqual([]);
});

test("10,000 changes are accepted in one request, and one more is refused", async () => {
  const many = Array.from({ length: MAX_CHANGES }, (_, index) =>
    on(String(index).padStart(32, "9")),
  );
  const answer = await post(many);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ errors: { length: MAX_CHANGES } });
  expect(await post([...many, on("1")])).toMatchObject({ status: 400 });
});

test.each([
  [[], "changes"],
  ["all", "changes"],
  [[{ phoneNumberId: 12, acceptsBsuid: true }], "changes[0].phoneNumberId"],
  [[{ phoneNumberId: "12" }], "changes[0].acceptsBsuid"],
])("changes of %j are refused by their position", async (changes, path) => {
  expect(await post(changes)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
});
