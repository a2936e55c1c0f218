import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../../scripts/free-port.ts";
import { anApiToken } from "../../testing/api-token.ts";
import { type ConsoleProcess, startConsole } from "../../testing/console-process.ts";
import { aNumber, aPerson } from "../../testing/factories.ts";
import { Follower } from "../../testing/follow-flags.ts";
import { useTestDatabase } from "../../testing/use-test-database.ts";
import { setFlag } from "../set-flag.ts";

const database = useTestDatabase();
const CLIENTS = 200;
/** No tenth of a second may see more than this share of the clients come back. */
const LARGEST_SHARE = 0.5;

let port: number;
let consoleProcess: ConsoleProcess;
const followers: Follower[] = [];

beforeAll(async () => {
  port = await freePort();
  consoleProcess = await startConsole({ databaseUrl: database.appUrl(), port });
});
afterAll(async () => {
  await Promise.all(followers.map((one) => one.stop()));
  await consoleProcess.kill();
});

async function flip(): Promise<string> {
  const change = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: "While it is away" };
  return (await setFlag(await aPerson("support"), change)).cursor;
}

const allAt = (cursor: string) =>
  expect
    .poll(() => followers.filter((one) => one.cursor === cursor).length, { timeout: 15_000 })
    .toBe(CLIENTS);

test("a console killed and started again under 200 streams: every client resumes, spread out, and none goes back", async () => {
  const token = await anApiToken("flags:read");
  for (let i = 0; i < CLIENTS; i += 1) {
    followers.push(new Follower({ url: consoleProcess.url, token, how: "stream" }));
  }
  await allAt(await flip());
  await consoleProcess.kill();
  const missed = await flip();
  await expect.poll(() => followers.every((one) => one.retriedAt.length > 1)).toBe(true);

  consoleProcess = await startConsole({ databaseUrl: database.appUrl(), port });
  await allAt(missed);
  await allAt(await flip());
  expect(followers.flatMap(({ faults }) => faults)).toEqual([]);
  expect((await consoleProcess.readVitals()).listeners).toBe(CLIENTS);
  expect(consoleProcess.ending()).toBeNull();
  expect(largestBurst(followers.map(({ retriedAt }) => retriedAt.at(-1) ?? 0))).toBeLessThan(
    CLIENTS * LARGEST_SHARE,
  );
});

/** The most of these moments within a tenth of a second. */
function largestBurst(moments: number[]): number {
  return Math.max(
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + 100).length),
  );
}
