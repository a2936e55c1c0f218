import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { Follower } from "#testing/http/follow-flags.ts";

const database = useTestDatabase();
const ANSWER_WITHIN_MS = 5_000;
const NOTICED_WITHIN_MS = 4_500;

let network: Awaited<ReturnType<typeof startTcpProxy>>;
let consoleProcess: ConsoleProcess;
let admin: string;
let runtime: string;
let phoneNumberId: string;

beforeAll(async () => {
  network = await startTcpProxy(database.port());
  consoleProcess = await startConsole({ databaseUrl: database.appUrl(network.port) });
  admin = await anApiToken("admin");
  runtime = await anApiToken("flags:read");
  phoneNumberId = await aNumber();
  await ask("/api/v1/flags", runtime);
});
afterAll(async () => {
  await consoleProcess.kill();
  await network.close();
});
beforeEach(() => expect.poll(() => readDatabase(), { timeout: 10_000 }).toBe("up"));

function ask(path: string, token: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return fetch(consoleProcess.url + path, { ...init, headers });
}

async function readDatabase(): Promise<string> {
  const answer = await fetch(`${consoleProcess.url}/readyz`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { database: string }).database;
}

function flip(acceptsBsuid: boolean) {
  const body = JSON.stringify({ acceptsBsuid, reason: "Over a cut network" });
  return ask(`/api/v1/numbers/${phoneNumberId}/flag`, admin, { method: "PUT", body });
}

/** Many at once, so that every pooled connection is tried, and new ones, and the wait for one. */
function askEverything() {
  const reads = ["/api/v1/numbers", `/api/v1/numbers/${phoneNumberId}`, "/api/v1/audit"];
  const asked = Array.from({ length: 8 }, () => reads.map((path) => ask(path, admin))).flat();
  return [...asked, flip(true), flip(false)];
}

async function expectUnavailable(request: Promise<Response>, sentAt: number): Promise<void> {
  const answer = await request;
  const problem = (await answer.json()) as { code: string; detail: string };
  expect(performance.now() - sentAt).toBeLessThan(ANSWER_WITHIN_MS);
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(problem).toMatchObject({ code: "UNAVAILABLE", detail: expect.stringMatching(/database/) });
}

test.each([
  ["falls silent", () => network.dropSilently()],
  ["is cut", () => network.cut()],
])(
  "a network to the database that %s: words within 5 s, flags from memory, back by itself",
  async (_, fail) => {
    await Promise.all(askEverything().map(async (asked) => expect((await asked).status).toBe(200)));
    const follower = new Follower({ url: consoleProcess.url, token: runtime, how: "poll" });
    await expect.poll(() => follower.cursor).not.toBe("");

    fail();
    const failedAt = performance.now();
    for (const _round of [1, 2]) {
      const sentAt = performance.now();
      await Promise.all(askEverything().map((asked) => expectUnavailable(asked, sentAt)));
    }
    await expect.poll(readDatabase, { timeout: 1_000 }).toBe("down");
    expect(performance.now() - failedAt).toBeLessThan(2 * ANSWER_WITHIN_MS);
    await expect.poll(() => follower.largestAge, { timeout: 3_000 }).toBeGreaterThanOrEqual(1);

    network.heal();
    await expect.poll(readDatabase, { timeout: NOTICED_WITHIN_MS }).toBe("up");
    expect((await flip(true)).status).toBe(200);
    expect((await flip(false)).status).toBe(200);
    const { cursor } = (await (await flip(true)).json()) as { cursor: string };
    await expect.poll(() => follower.cursor).toBe(cursor);
    await flip(false);
    await follower.stop();
    expect([...follower.statuses].sort()).toEqual([200, 304]);
    expect(follower.faults).toEqual([]);
    expect(consoleProcess.ending()).toBeNull();
  },
  // A silent network is noticed by nothing but time.
  60_000,
);

test.each([
  [
    "forgets the open connections",
    () => {
      network.dropSilently();
      network.heal();
    },
  ],
  ["half-closes every connection", () => network.halfClose()],
])(
  "a network to the database that %s: at most the requests under way fail, and the feed reconnects",
  async (_, fail) => {
    await Promise.all(askEverything());
    const follower = new Follower({ url: consoleProcess.url, token: runtime, how: "stream" });
    await expect.poll(() => follower.cursor).not.toBe("");
    fail();
    const sentAt = performance.now();
    const answers = await Promise.all(askEverything());
    expect(performance.now() - sentAt).toBeLessThan(ANSWER_WITHIN_MS);
    for (const { status } of answers) expect([200, 503]).toContain(status);
    expect((await ask("/api/v1/numbers", admin)).status).toBe(200);
    await flip(false);
    const { cursor } = (await (await flip(true)).json()) as { cursor: string };
    await expect.poll(() => follower.cursor, { timeout: NOTICED_WITHIN_MS }).toBe(cursor);
    await follower.stop();
    expect(follower.faults).toEqual([]);
  },
  // A lost connection is noticed by nothing but time.
  60_000,
);

test("a network to the database that delays every packet by 60 ms makes all slower, and nothing fail", async () => {
  network.delay(60);
  for (const answer of [await ask("/api/v1/numbers", admin), await flip(false), await flip(true)]) {
    expect(answer.status).toBe(200);
  }
  expect(await readDatabase()).toBe("up");
  network.delay(0);
});
