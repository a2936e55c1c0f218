import { afterAll, beforeAll, expect, test } from "vitest";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { Follower } from "#testing/http/follow-flags.ts";

const database = useTestDatabase();
let network: Awaited<ReturnType<typeof startTcpProxy>>;
let flipping: ConsoleProcess;
let behind: ConsoleProcess;
let support: string;
let runtime: string;

beforeAll(async () => {
  network = await startTcpProxy(database.port());
  support = await anApiToken("support");
  runtime = await anApiToken("flags:read");
  flipping = await startConsole({ databaseUrl: database.appUrl() });
  behind = await startConsole({ databaseUrl: database.appUrl(network.port) });
  await ask(behind, "/api/v1/flags");
});
afterAll(async () => {
  await Promise.all([flipping.kill(), behind.kill()]);
  await network.close();
});

function ask({ url }: ConsoleProcess, path: string, headers: Record<string, string> = {}) {
  return fetch(url + path, { headers: { authorization: `Bearer ${runtime}`, ...headers } });
}

async function flip(): Promise<string> {
  const answer = await fetch(`${flipping.url}/api/v1/numbers/${await aNumber()}/flag`, {
    method: "PUT",
    headers: { authorization: `Bearer ${support}`, "content-type": "application/json" },
    body: JSON.stringify({ acceptsBsuid: true, reason: "Through one of them" }),
  });
  return ((await answer.json()) as { cursor: string }).cursor;
}

test("pollers, waiters and streams of one instance see the flips of the other at once, each of them in order", async () => {
  const followers = (["stream", "wait", "poll"] as const).map(
    (how) => new Follower({ url: behind.url, token: runtime, how }),
  );
  for (let round = 0; round < 20; round += 1) {
    const cursor = await flip();
    const seen = () => followers.every((one) => one.cursor === cursor);
    await expect.poll(seen, { interval: 5, timeout: 2_000 }).toBe(true);
  }
  await Promise.all(followers.map((one) => one.stop()));
  expect(followers.flatMap(({ faults }) => faults)).toEqual([]);
});

test("a client ahead of the instance it asks is never taken back", async () => {
  const paths = (cursor: string): [string, Record<string, string>][] => [
    ["/api/v1/flags", { "if-none-match": `"${cursor}"` }],
    ["/api/v1/flags", { "if-none-match": `"${cursor}"`, prefer: "wait=1" }],
    [`/api/v1/flags?since=${cursor}`, {}],
    ["/api/v1/flags/stream", { "last-event-id": cursor }],
  ];
  network.dropSilently();
  const ahead = await flip();
  for (const [path, headers] of paths(ahead)) {
    const answer = await ask(behind, path, headers);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  }
  network.heal();
  for (const [path, headers] of paths(ahead).slice(0, 3)) {
    const readStatus = async () => (await ask(behind, path, headers)).status;
    await expect.poll(readStatus).toBe(path.includes("since") ? 200 : 304);
  }
  // Two consoles start.
}, 60_000);
