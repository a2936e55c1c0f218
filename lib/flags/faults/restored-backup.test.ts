import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useOwnCluster } from "#testing/database/own-cluster.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { Follower } from "#testing/http/follow-flags.ts";
import { setFlag } from "../set-flag.ts";

const cluster = useOwnCluster({ restartAfterMs: 100 });
let consoles: ConsoleProcess[] = [];
let token: string;

beforeAll(async () => {
  token = await anApiToken("flags:read");
  consoles = await Promise.all([1, 2].map(() => startConsole({ databaseUrl: cluster.appUrl() })));
});
afterAll(() => Promise.all(consoles.map((one) => one.kill())));

async function flip(acceptsBsuid = true, id?: string): Promise<{ cursor: string; id: string }> {
  const phoneNumberId = id ?? (await aNumber());
  const change = { phoneNumberId, acceptsBsuid, reason: "Before or after the backup" };
  const { cursor } = await setFlag(await aPerson("support"), change);
  return { cursor, id: phoneNumberId };
}

/** What operators do: end everybody's connections, and put another database in this one's place. */
async function onCluster(...statements: string[]): Promise<void> {
  await withClient(cluster.clusterUrl(), async (client) => {
    const lock = `ALTER DATABASE console ALLOW_CONNECTIONS false`;
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'console'`;
    await client.query(lock);
    await client.query(end);
    for (const statement of statements) await client.query(statement);
    await client.query("ALTER DATABASE console ALLOW_CONNECTIONS true");
  });
}

async function poll(url: string, query = "", headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/api/v1/flags${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

const allAt = async (cursor: string) => {
  for (const { url } of consoles) {
    await expect.poll(async () => (await poll(url)).body?.cursor, { timeout: 8_000 }).toBe(cursor);
  }
};

test("a database restored from a backup: no false 304, snapshots for cursors of the lost timeline, every client on the restored state", async () => {
  const kept = await flip();
  await onCluster("CREATE DATABASE backup TEMPLATE console");
  const lost = await flip();
  const lostOff = await flip(false, kept.id);
  await allAt(lostOff.cursor);
  const followers = consoles.flatMap(({ url }) =>
    (["stream", "wait", "poll"] as const).map((how) => new Follower({ url, token, how })),
  );
  await expect.poll(() => followers.every((one) => one.cursor === lostOff.cursor)).toBe(true);

  await onCluster(
    "ALTER DATABASE console RENAME TO lost",
    "ALTER DATABASE backup RENAME TO console",
  );
  await allAt(kept.cursor);
  // The same revision again, and another change: only the hash tells them apart.
  await flip();
  const now = await flip();
  expect(Number.parseInt(now.cursor, 10)).toBe(Number.parseInt(lostOff.cursor, 10));
  await allAt(now.cursor);

  for (const { url } of consoles) {
    for (const cursor of [lost.cursor, lostOff.cursor]) {
      const conditional = await poll(url, "", { "if-none-match": `"${cursor}"` });
      expect(conditional).toMatchObject({ status: 200, body: { cursor: now.cursor } });
      const since = await poll(url, `?since=${cursor}`);
      expect(since.body).toMatchObject({ kind: "snapshot", cursor: now.cursor });
    }
    const delta = await poll(url, `?since=${kept.cursor}`);
    expect(delta.body).toMatchObject({ kind: "delta", cursor: now.cursor });
  }
  for (const one of followers) {
    await expect.poll(() => one.cursor).toBe(now.cursor);
    expect(one.accepts.has(kept.id)).toBe(true);
    expect(one.accepts.has(lost.id)).toBe(false);
    await one.stop();
  }
  for (const one of consoles) expect(one.ending()).toBeNull();
  // A backup is made and restored.
}, 60_000);
