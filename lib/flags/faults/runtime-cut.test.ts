import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { Follower } from "#testing/http/follow-flags.ts";
import { setFlag } from "../set-flag.ts";

const database = useTestDatabase();
let network: Awaited<ReturnType<typeof startTcpProxy>>;
let consoleProcess: ConsoleProcess;
let followers: Follower[];

beforeAll(async () => {
  consoleProcess = await startConsole({ databaseUrl: database.appUrl() });
});
afterAll(() => consoleProcess.kill());
beforeEach(async () => {
  network = await startTcpProxy(Number(new URL(consoleProcess.url).port));
  const token = await anApiToken("flags:read");
  const url = `http://127.0.0.1:${network.port}`;
  followers = (["stream", "wait", "poll"] as const).map((how) => new Follower({ url, token, how }));
  await expectAllAt(await flip());
});
afterEach(async () => {
  await Promise.all(followers.map((one) => one.stop()));
  await network.close();
  expect(followers.flatMap(({ faults }) => faults)).toEqual([]);
  await expect.poll(consoleProcess.readListeners).toBe(0);
  expect(consoleProcess.ending()).toBeNull();
});

async function flip(): Promise<string> {
  const change = { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: "Over a bad line" };
  return (await setFlag(await aPerson("support"), change)).cursor;
}

const expectAllAt = (cursor: string, timeout = 15_000) =>
  expect.poll(() => followers.filter((one) => one.cursor === cursor).length, { timeout }).toBe(3);

test("between runtime and console, connections reset and refused: every client catches up", async () => {
  network.cut();
  const missed = await flip();
  await expect.poll(() => followers.every((one) => one.retriedAt.length > 1)).toBe(true);
  expect(followers.some((one) => one.cursor === missed)).toBe(false);
  network.heal();
  await expectAllAt(missed);
});

test("between runtime and console, every connection half closed: every client catches up", async () => {
  network.halfClose();
  await expectAllAt(await flip());
});

test("between runtime and console, a slow line delays flips and loses none", async () => {
  network.delay(300);
  for (let round = 0; round < 5; round += 1) await flip();
  await expectAllAt(await flip());
  network.delay(0);
  await expectAllAt(await flip());
});
