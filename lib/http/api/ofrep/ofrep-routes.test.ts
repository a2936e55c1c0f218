import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { whileDatabaseIsAway } from "#testing/database/database-away.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { flagFeed, startFlagFeed, stopFlagFeed } from "../../../flags/flag-feed.ts";
import { setFlag } from "../../../flags/set-flag.ts";
import { logger } from "../../../logger.ts";
import { refuseUnroutable } from "../../server/refuse-unroutable.ts";
import { handleRequest } from "../handle-request.ts";

const database = useTestDatabase();

const FLAG = "/ofrep/v1/evaluate/flags/accept-bsuid";
const FLAGS = "/ofrep/v1/evaluate/flags";
let token: string;
let on: string;

beforeAll(async () => {
  token = await anApiToken("flags:read");
  on = await aNumber({ accepts: true });
});
afterAll(stopFlagFeed);

function evaluate(path: string, context: unknown, headers: Record<string, string> = {}) {
  return callApi(`POST ${path}`, { token, headers, body: { context } });
}

async function flip() {
  const change = { acceptsBsuid: true, reason: "A test of OFREP" };
  await setFlag(await aPerson("support"), { phoneNumberId: await aNumber(), ...change });
  await flagFeed().refresh(5_000);
}

test("a number that is on, off, retired or unknown is answered by an explicit boolean", async () => {
  await flagFeed().refresh(5_000);
  const { revision, cursor } = flagFeed().timeline ?? {};
  const metadata = { revision, cursor };
  const values = [
    [on, true],
    [await aNumber(), false],
    [await aNumber({ isRetired: true }), false],
    ["999", false],
  ] as const;
  for (const [targetingKey, value] of values) {
    const variant = value ? "on" : "off";
    const flag = { key: "accept-bsuid", value, variant, reason: "TARGETING_MATCH", metadata };
    expect(await evaluate(FLAG, { targetingKey })).toMatchObject({ status: 200, body: flag });
    const all = await evaluate(FLAGS, { targetingKey, plan: { of: ["several", 2] } });
    expect(all).toMatchObject({ status: 200, body: { flags: [flag], metadata } });
  }
});

test("the token may be sent as X-API-Key, to these paths only", async () => {
  const ask = (path: string, headers: Record<string, string>) =>
    callApi(`POST ${path}`, { headers, body: { context: { targetingKey: on } } });
  for (const path of [FLAG, FLAGS]) {
    expect((await ask(path, { "x-api-key": token })).status).toBe(200);
    const wrong = { "x-api-key": token, authorization: "Bearer wrong" };
    expect((await ask(path, wrong)).status).toBe(401);
    const other = { "x-api-key": token, authorization: "Basic abc" };
    expect((await ask(path, other)).status).toBe(200);
    expect((await ask(path, { "x-api-key": "wrong" })).status).toBe(401);
  }
  const elsewhere = await callApi("GET /api/v1/flags", { headers: { "x-api-key": token } });
  expect(elsewhere.status).toBe(401);
});

const DEEP = `{"context":{"targetingKey":"1","deep":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`;

const HUGE = `{"context":{"targetingKey":"1","x":"${"x".repeat(1_100_000)}"}}`;

describe.each([FLAG, FLAGS])("POST %s", (path) => {
  test.each([
    ["an empty body", "", 400, "PARSE_ERROR"],
    ["broken JSON", "{", 400, "PARSE_ERROR"],
    ["a list", "[]", 400, "PARSE_ERROR"],
    ["null", "null", 400, "PARSE_ERROR"],
    ["no context", "{}", 400, "TARGETING_KEY_MISSING"],
    ["an empty context", '{"context":{}}', 400, "TARGETING_KEY_MISSING"],
    ["an empty key", '{"context":{"targetingKey":""}}', 400, "TARGETING_KEY_MISSING"],
    ["no object as context", '{"context":null}', 400, "INVALID_CONTEXT"],
    ["a list as context", '{"context":["1"]}', 400, "INVALID_CONTEXT"],
    ["null as key", '{"context":{"targetingKey":null}}', 400, "INVALID_CONTEXT"],
    ["a number as key", '{"context":{"targetingKey":106540352242922}}', 400, "INVALID_CONTEXT"],
    ["a phone number as key", '{"context":{"targetingKey":"+4477"}}', 400, "INVALID_CONTEXT"],
    ["a deep context", DEEP, 400, "INVALID_CONTEXT"],
    ["a huge context", HUGE, 413, "GENERAL"],
  ])("answers %s in the protocol's form", async (_, body, status, errorCode) => {
    const answer = await callApi(`POST ${path}`, { token, body });
    expect(answer).toMatchObject({ status, body: { key: "accept-bsuid", errorCode } });
  });

  test("answers other methods 405, with the supported ones", async () => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const answer = await callApi(`${method} ${path}`, { token });
      expect(answer).toMatchObject({ status: 405, body: { errorCode: "GENERAL" } });
      expect(answer.headers.get("allow")).toBe("POST, OPTIONS");
    }
  });

  test("answers 401 and 403 in the protocol's form", async () => {
    const ask = (of: string) => callApi(`POST ${path}`, { token: of, body: "{" });
    const failure = { key: "accept-bsuid", errorCode: "GENERAL" };
    expect(await ask("wrong")).toMatchObject({ status: 401, body: failure });
    expect(await ask(await anApiToken("audit:read"))).toMatchObject({ status: 403, body: failure });
  });

  test("ignores parameters, such as flagConfigEtag", async () => {
    const query = "?flagConfigEtag=a&flagConfigEtag=b&flagConfigLastModified=1771622898";
    expect((await evaluate(path + query, { targetingKey: on })).status).toBe(200);
  });
});

test("an internal error has the protocol's form, and reveals nothing of its cause", async () => {
  const logged = vi.spyOn(logger(), "error").mockReturnValue();
  const fault = vi.spyOn(flagFeed(), "timeline", "get").mockImplementation(() => {
    throw new Error("a secret of the process");
  });
  for (const path of [FLAG, FLAGS]) {
    const answer = await evaluate(path, { targetingKey: on });
    expect(answer).toMatchObject({
      status: 500,
      body: { key: "accept-bsuid", errorCode: "GENERAL" },
    });
    expect(JSON.stringify(answer.body)).not.toContain("secret");
  }
  expect(logged).toHaveBeenCalledTimes(2);
  fault.mockRestore();
  logged.mockRestore();
});

test.each([
  ["nothing", "nothing"],
  ["accept%2Dbsuid%20", "accept-bsuid "],
  ["a%2Fb%3F", "a/b?"],
  ["%E0%A4%A", "%E0%A4%A"],
  ["x".repeat(300), "x".repeat(200)],
])("the key %s is unknown: FLAG_NOT_FOUND, with the key decoded", async (path, key) => {
  const answer = await evaluate(`${FLAGS}/${path}`, { targetingKey: on });
  expect(answer).toMatchObject({ status: 404, body: { key, errorCode: "FLAG_NOT_FOUND" } });
});

test("a key may be percent-encoded, and one with a slash is an unknown flag", async () => {
  const encoded = await evaluate(`${FLAGS}/%61ccept%2dbsuid`, { targetingKey: on });
  expect(encoded).toMatchObject({ status: 200, body: { value: true } });
  const url = "http://console.test/ofrep/v1/evaluate/flags/a/b";
  const answer = await handleRequest(new Request(url, { method: "POST" }));
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ key: "a/b", errorCode: "FLAG_NOT_FOUND" });
});

test.each([
  ["POST", `${FLAGS}/%E0%A4%A`, 400, { key: "%E0%A4%A", errorCode: "PARSE_ERROR" }],
  ["TRACE", FLAG, 405, { key: "accept-bsuid", errorCode: "GENERAL" }],
  ["TRACE", "/ofrep/v2", 405, { key: "accept-bsuid", errorCode: "GENERAL" }],
])("%s %s, which cannot be routed, is refused in the protocol's form", async (...row) => {
  const [method, target, status, body] = row;
  const answer = refuseUnroutable(
    { method, url: target, headers: { host: "console.test" }, httpVersion: "1.1" },
    "the-request-id",
  );
  expect(answer?.status).toBe(status);
  expect(answer?.headers.get("content-type")).toBe("application/json");
  expect(await answer?.json()).toMatchObject({ ...body, requestId: "the-request-id" });
});

test("the bulk tag answers 304 in every form that a client may send, until any flag changes", async () => {
  const first = await evaluate(FLAGS, { targetingKey: on });
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[0-9]+\.[0-9a-f]{8}\.[\w-]{22}"$/);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  for (const tag of [etag, `W/${etag}`, `"x", W/${etag}`, "*"]) {
    const same = await evaluate(FLAGS, { targetingKey: on }, { "if-none-match": tag });
    expect([same.status, same.body, same.headers.get("etag")]).toEqual([304, null, etag]);
  }
  for (const tag of ['"x"', etag.slice(1, -1), "W/"]) {
    const other = await evaluate(FLAGS, { targetingKey: on }, { "if-none-match": tag });
    expect(other.status).toBe(200);
  }
  await flip();
  expect((await evaluate(FLAGS, { targetingKey: on }, { "if-none-match": etag })).status).toBe(200);
});

test("the bulk tag covers the whole context, whatever its order, and the token's permissions", async () => {
  const tagOf = async (context: unknown, of = token) => {
    const answer = await callApi(`POST ${FLAGS}`, { token: of, body: { context } });
    return answer.headers.get("etag");
  };
  const etag = await tagOf({ targetingKey: on, a: { b: 1, c: 2 } });
  expect(await tagOf({ a: { c: 2, b: 1.0 }, targetingKey: on })).toBe(etag);
  expect(await tagOf({ targetingKey: on, a: { b: 1, c: 2 } }, await anApiToken("flags:read"))).toBe(
    etag,
  );
  expect(await tagOf({ targetingKey: on, a: { b: 1, c: 3 } })).not.toBe(etag);
  expect(await tagOf({ targetingKey: "1", a: { b: 1, c: 2 } })).not.toBe(etag);
  const admin = await anApiToken("admin");
  expect(await tagOf({ targetingKey: on, a: { b: 1, c: 2 } }, admin)).not.toBe(etag);
});

test("while the database is away it keeps answering, and Age says how old the flags are", async () => {
  await evaluate(FLAG, { targetingKey: on });
  await whileDatabaseIsAway(database.ownerUrl(), async () => {
    await expect.poll(() => flagFeed().ageSeconds, { timeout: 10_000 }).not.toBeNull();
    for (const path of [FLAG, FLAGS]) {
      const answer = await evaluate(path, { targetingKey: on });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("age")).toMatch(/^[0-9]+$/);
    }
  });
  await flagFeed().refresh(10_000);
  expect((await evaluate(FLAG, { targetingKey: on })).headers.has("age")).toBe(false);
});

test("before the flags are loaded it is 503, with a whole number of seconds to wait", async () => {
  await evaluate(FLAG, { targetingKey: on });
  await stopFlagFeed();
  startFlagFeed("postgresql://nobody:nothing@127.0.0.1:9/nowhere");
  for (const path of [FLAG, FLAGS]) {
    const answer = await evaluate(path, { targetingKey: on });
    expect(answer).toMatchObject({ status: 503, body: { errorCode: "GENERAL" } });
    expect(answer.headers.get("retry-after")).toMatch(/^[1-9][0-9]*$/);
  }
});
