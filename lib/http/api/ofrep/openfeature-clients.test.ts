import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import { OpenFeature } from "@openfeature/server-sdk";
import { type Provider, OpenFeature as WebOpenFeature } from "@openfeature/web-sdk";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { flagFeed } from "../../../flags/flag-feed.ts";
import { setFlag } from "../../../flags/set-flag.ts";

// The clients that OpenFeature publishes, unchanged, against our server.

useTestDatabase();

const KEY = "accept-bsuid";
const POLL_MS = 100;
let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;
let token: string;

beforeAll(async () => {
  server = await serveApiWithFastLane();
  token = await anApiToken("flags:read");
  await flagFeed().refresh(5_000);
});
afterEach(async () => {
  await OpenFeature.clearProviders();
  await WebOpenFeature.clearProviders();
});
afterAll(() => server.close());

/** A server-side client: one request for each evaluation. */
async function aServerClient(headers: [string, string][]) {
  const provider = new OFREPProvider({ baseUrl: server.url, headers });
  await OpenFeature.setProviderAndWait(provider);
  return OpenFeature.getClient();
}

/** A polling client-side client, and the statuses of the answers that it got. */
function aWebClient(headers: [string, string][], targetingKey: string) {
  const statuses: number[] = [];
  const provider = new OFREPWebProvider({
    baseUrl: server.url,
    headers,
    pollInterval: POLL_MS,
    cacheMode: "disabled",
    fetchImplementation: async (...request) => {
      const answer = await fetch(...request);
      statuses.push(answer.status);
      return answer;
    },
  });
  // The cast: its own type is written without exactOptionalPropertyTypes.
  const ready = WebOpenFeature.setProviderAndWait(provider as Provider, { targetingKey });
  return { ready, statuses, client: WebOpenFeature.getClient() };
}

async function flip(phoneNumberId: string, acceptsBsuid: boolean) {
  const change = { phoneNumberId, acceptsBsuid, reason: "A test of OpenFeature" };
  return await setFlag(await aPerson("support"), change);
}

test.each(["Authorization", "X-API-Key"])("the server SDK evaluates, by %s", async (name) => {
  const client = await aServerClient([[name, name === "X-API-Key" ? token : `Bearer ${token}`]]);
  const targetingKey = await aNumber();
  const evaluate = () => client.getBooleanDetails(KEY, false, { targetingKey, plan: "pro" });
  expect(await evaluate()).toMatchObject({ value: false, variant: "off" });
  const { cursor } = await flip(targetingKey, true);
  await flagFeed().refresh(5_000);
  expect(await evaluate()).toEqual({
    flagKey: KEY,
    value: true,
    variant: "on",
    reason: "TARGETING_MATCH",
    flagMetadata: { revision: Number.parseInt(cursor, 10), cursor },
  });
  const unknown = await client.getBooleanDetails(KEY, true, { targetingKey: "999" });
  expect(unknown).toMatchObject({ value: false, variant: "off" });
  expect(unknown.errorCode).toBeUndefined();
});

test("the server SDK understands each refusal, and falls back to its default", async () => {
  const client = await aServerClient([["Authorization", `Bearer ${token}`]]);
  const evaluate = (key: string, context: Record<string, string | number>) =>
    client.getBooleanDetails(key, true, context);
  for (const [key, context, errorCode] of [
    ["other", { targetingKey: "1" }, "FLAG_NOT_FOUND"],
    ["a/b", { targetingKey: "1" }, "FLAG_NOT_FOUND"],
    [KEY, {}, "TARGETING_KEY_MISSING"],
    [KEY, { targetingKey: "+4477" }, "INVALID_CONTEXT"],
  ] as const) {
    expect(await evaluate(key, context)).toMatchObject({ value: true, errorCode });
  }
  const stranger = await aServerClient([["Authorization", "Bearer wrong"]]);
  const refused = await stranger.getBooleanDetails(KEY, true, { targetingKey: "1" });
  expect(refused).toMatchObject({ value: true, reason: "ERROR", errorCode: "GENERAL" });
});

test("the web SDK polls, is answered 304 while nothing changes, and sees a flip", async () => {
  const targetingKey = await aNumber({ accepts: true });
  await flagFeed().refresh(5_000);
  const { ready, statuses, client } = aWebClient([["X-API-Key", token]], targetingKey);
  await ready;
  expect(client.getBooleanDetails(KEY, false)).toMatchObject({ value: true, variant: "on" });
  await expect.poll(() => statuses).toEqual([200, 304, 304, 304]);
  await flip(targetingKey, false);
  await expect.poll(() => client.getBooleanValue(KEY, true), { timeout: 5_000 }).toBe(false);
  const before = statuses.length;
  await expect.poll(() => statuses.length).toBeGreaterThan(before + 2);
  expect(statuses.filter((status) => status === 200)).toHaveLength(2);
  expect(new Set(statuses)).toEqual(new Set([200, 304]));

  await WebOpenFeature.setContext({ targetingKey: "999" });
  expect(client.getBooleanDetails(KEY, true)).toMatchObject({ value: false, variant: "off" });
});

test("the web SDK does not become ready with a wrong token", async () => {
  const { ready, statuses } = aWebClient([["Authorization", "Bearer wrong"]], "1");
  await expect(ready).rejects.toThrow();
  expect(statuses).toEqual([401]);
});

test("after too many wrong tokens both wait as long as Retry-After says", async () => {
  const wrong: [string, string][] = [["Authorization", "Bearer wrong"]];
  const asks = Array.from({ length: 110 }, () =>
    fetch(`${server.url}/ofrep/v1/evaluate/flags`, { method: "POST", headers: wrong }),
  );
  for (const ask of await Promise.all(asks)) await ask.text();
  const { ready, statuses } = aWebClient(wrong, "1");
  await ready.catch(() => undefined);
  const client = await aServerClient(wrong);
  const evaluate = () => client.getBooleanDetails(KEY, true, { targetingKey: "1" });
  expect(await evaluate()).toMatchObject({ errorMessage: expect.stringMatching(/rate limit/) });
  const paused = await evaluate();
  const until = /paused due to TooManyRequests until (\S+)/.exec(paused.errorMessage ?? "")?.[1];
  const seconds = (Date.parse(until ?? "") - Date.now()) / 1_000;
  expect(seconds).toBeGreaterThan(5);
  expect(seconds).toBeLessThanOrEqual(10);
  await new Promise((resolve) => setTimeout(resolve, 5 * POLL_MS));
  expect(statuses).toEqual([429]);
});
