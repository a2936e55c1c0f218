import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { OFREP_ANSWERS } from "#testing/http/ofrep-schema.ts";
import { flagFeed, stopFlagFeed } from "../../../flags/flag-feed.ts";

useTestDatabase();

let token: string;
let on: string;

beforeAll(async () => {
  token = await anApiToken("flags:read");
  on = await aNumber({ accepts: true });
  await flagFeed().refresh(5_000);
});
afterAll(stopFlagFeed);

/** Sends the body to both endpoints, and checks each answer against the published schema. */
async function expectPublished(body: string, key = "accept-bsuid"): Promise<number[]> {
  const flag = await callApi(`POST /ofrep/v1/evaluate/flags/${encodeURIComponent(key)}`, {
    token,
    body,
  });
  const flags = await callApi("POST /ofrep/v1/evaluate/flags", { token, body });
  expectAnswer(OFREP_ANSWERS.flag, flag);
  expectAnswer(OFREP_ANSWERS.flags, flags);
  return [flag.status, flags.status];
}

type Validators = Partial<Record<number, (body: unknown) => boolean>>;

function expectAnswer(
  validators: Validators,
  { status, body }: { status: number; body: unknown },
): void {
  const validate = validators[status];
  expect(validate?.(body), `${status} ${JSON.stringify(body)}`).toBe(true);
  expect(status).toBeLessThan(500);
}

const anything = fc.jsonValue({ maxDepth: 6 });
const targetingKey = fc.oneof(
  anything,
  fc.constant("999"),
  fc.stringMatching(/^[0-9]{1,40}$/),
  fc.string({ unit: "binary" }),
);
const context = fc
  .tuple(fc.dictionary(fc.string({ unit: "binary" }), anything), targetingKey)
  .map(([attributes, key]) => ({ ...attributes, targetingKey: key }));

test("any JSON gets an answer from the published schema, never a 500", async () => {
  await fc.assert(
    fc.asyncProperty(anything, async (body) => {
      await expectPublished(JSON.stringify(body));
    }),
    { numRuns: 200 },
  );
});

test("any context gets an answer from the published schema, and a number's id a value", async () => {
  await fc.assert(
    fc.asyncProperty(context, fc.boolean(), async (given, isOn) => {
      const sent = isOn ? { ...given, targetingKey: on } : given;
      const statuses = await expectPublished(JSON.stringify({ context: sent }));
      const isId = typeof sent.targetingKey === "string" && /^[0-9]{1,32}$/.test(sent.targetingKey);
      expect(statuses[0]).toBe(isId ? 200 : 400);
    }),
    { numRuns: 200 },
  );
});

test.each([
  '{"context":{"targetingKey":"1","x":1e999}}',
  '{"context":{"targetingKey":"1","x":"\\ud800"}}',
])("JSON that cannot be represented exactly is not a 500: %s", async (body) => {
  expect(await expectPublished(body)).toEqual([200, 400]);
});

test("any key but ours is an unknown flag", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, unit: "grapheme" }), async (key) => {
      fc.pre(key !== "." && key !== "..");
      const body = JSON.stringify({ context: { targetingKey: on } });
      expect((await expectPublished(body, key))[0]).toBe(404);
    }),
    { numRuns: 100 },
  );
});
