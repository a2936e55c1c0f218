import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { retiredNumberSchema } from "../schemas/number-schema.ts";

useTestDatabase();

const reason = "The shop has closed";

test("a number that is on is made phone-only and retired, once, by support", async () => {
  const token = await anApiToken("support");
  const id = await aNumber({ accepts: true });
  const retire = () => callApi(`PUT /api/v1/numbers/${id}/retired`, { token, body: { reason } });
  const answer = await retire();
  expect([answer.status, answer.headers.get("etag")]).toEqual([200, '"v2"']);
  const { changed, number } = retiredNumberSchema.parse(answer.body);
  expect([changed, number.acceptsBsuid]).toEqual([true, false]);
  expect(number.retiredAt).not.toBeNull();
  expect(await retire()).toMatchObject({ status: 200, body: { changed: false, number } });
  const events = await readEvents({ targetId: id });
  expect(events.map(({ action }) => action)).toEqual([
    "flag.enabled",
    "flag.disabled",
    "number.retired",
  ]);
});

test("an unknown number is 404, a missing reason 400", async () => {
  const token = await anApiToken("admin");
  const unknown = await callApi("PUT /api/v1/numbers/404/retired", { token, body: { reason } });
  expect(unknown.status).toBe(404);
  const path = `PUT /api/v1/numbers/${await aNumber()}/retired`;
  expect(await callApi(path, { token, body: {} })).toMatchObject({ status: 400 });
});

test("a number that is on in an account of two people is 409, and one that is off is not", async () => {
  const token = await anApiToken("admin");
  const accountId = await anAccount();
  const [on, off] = [await aNumber({ accountId, accepts: true }), await aNumber({ accountId })];
  await requireTwoPeople(accountId);
  const retire = (id: string) =>
    callApi(`PUT /api/v1/numbers/${id}/retired`, { token, body: { reason } });
  expect(await retire(on)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("Make it phone-only first") },
  });
  expect(await retire(off)).toMatchObject({ status: 200, body: { changed: true } });
});
