import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#postgres/free-port.ts";
import { createFlagClient } from "#sdk/flag-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aToken } from "#testing/factories.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { setFlag } from "../set-flag.ts";

const database = useTestDatabase();
const CLIENTS = 200;
/** No tenth of a second may see more than this share of the clients come back. */
const LARGEST_SHARE = 0.5;

let port: number;
let consoleProcess: ConsoleProcess;
const runtimes: ReturnType<typeof startRuntime>[] = [];

beforeAll(async () => {
  port = await freePort();
  consoleProcess = await startConsole({ databaseUrl: database.appUrl(), port });
});
afterAll(async () => {
  await Promise.all(runtimes.map(({ client }) => client.close()));
  await consoleProcess.kill();
});

async function flip(): Promise<string> {
  const change = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: "While it is away" };
  return (await setFlag(await aPerson("support"), change)).cursor;
}

/** The SDK's client as a runtime uses it, and what it did. */
function startRuntime(index: number, token: string) {
  const streamedAt: number[] = [];
  const revisions: number[] = [];
  const client = createFlagClient({
    url: consoleProcess.url,
    token,
    instanceId: `rt-${index}`,
    timing: { closeTimeoutMs: 500 },
    fetch: (input, init) => {
      if (String(input).endsWith("/stream")) streamedAt.push(performance.now());
      return fetch(input, init);
    },
  });
  client.on("change", ({ revision }) => revisions.push(revision));
  return { client, streamedAt, revisions };
}

const allAt = (cursor: string) =>
  expect
    .poll(() => runtimes.filter(({ client }) => client.status().cursor === cursor).length, {
      timeout: 30_000,
    })
    .toBe(CLIENTS);

test("a console killed and started again under 200 streams: every client resumes, spread out, and none goes back", async () => {
  const { secret } = await aToken({ scopes: ["flags:read", "reports:write"] });
  for (let i = 0; i < CLIENTS; i += 1) runtimes.push(startRuntime(i, secret));
  await allAt(await flip());
  await consoleProcess.kill();
  const missed = await flip();
  const attempts = () => runtimes.map(({ streamedAt }) => streamedAt.length);
  await expect.poll(() => Math.min(...attempts())).toBeGreaterThan(1);

  consoleProcess = await startConsole({ databaseUrl: database.appUrl(), port });
  await allAt(missed);
  await allAt(await flip());
  await expect.poll(consoleProcess.readListeners, { timeout: 20_000 }).toBe(CLIENTS);
  expect(consoleProcess.ending()).toBeNull();
  for (const { revisions } of runtimes) {
    expect(revisions).toEqual(revisions.toSorted((one, other) => one - other));
  }
  const lastAttempts = runtimes.map(({ streamedAt }) => streamedAt.at(-1) ?? 0);
  expect(largestBurst(lastAttempts)).toBeLessThan(CLIENTS * LARGEST_SHARE);
  // The console is started twice, and clients come back spread over seconds.
}, 60_000);

/** The most of these moments within a tenth of a second. */
function largestBurst(moments: number[]): number {
  return Math.max(
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + 100).length),
  );
}
