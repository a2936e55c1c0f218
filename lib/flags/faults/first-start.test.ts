import { randomBytes } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { freePort } from "#postgres/free-port.ts";
import { withClient } from "#postgres/with-client.ts";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";

const database = useTestDatabase();
const consoles: ConsoleProcess[] = [];
afterEach(() => Promise.all(consoles.splice(0).map((one) => one.kill())));

async function start(databaseUrl: string): Promise<ConsoleProcess> {
  const started = await startConsole({ databaseUrl });
  consoles.push(started);
  return started;
}

async function createEmptyDatabase(): Promise<URL> {
  const name = `empty_${randomBytes(4).toString("hex")}`;
  await withClient(database.ownerUrl(), (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(database.ownerUrl());
  url.pathname = `/${name}`;
  return url;
}

async function readReadiness({ url }: ConsoleProcess) {
  const answer = await fetch(`${url}/readyz`);
  const { status, database } = (await answer.json()) as { status: string; database: string };
  return `${answer.status} ${status} ${database}`;
}

test("two consoles started at once on an empty database both become ready, and it is migrated once", async () => {
  const url = await createEmptyDatabase();
  const both = await Promise.all([start(url.href), start(url.href)]);
  for (const one of both) await expect.poll(() => readReadiness(one)).toBe("200 ok up");
  await withClient(url.href, async (owner) => {
    const { rows } = await owner.query(
      "SELECT migration_name FROM _prisma_migrations GROUP BY 1 HAVING count(*) > 1",
    );
    expect(rows).toEqual([]);
  });
  // Two consoles start, and migrate an empty database.
}, 60_000);

test("a console started while the database is down waits, says so, and recovers by itself", async () => {
  const url = await createEmptyDatabase();
  url.port = String(await freePort());
  const waiting = await start(url.href);
  expect(await readReadiness(waiting)).toBe("503 unavailable down");
  const flags = await fetch(`${waiting.url}/api/v1/flags`, {
    headers: { authorization: "Bearer bsuid_unknown" },
  });
  expect([flags.status, await flags.json()]).toMatchObject([503, { code: "UNAVAILABLE" }]);
  expect(waiting.log()).toMatch(/127\.0\.0\.1:\d+.*Waiting for it/);

  const arriving = await startTcpProxy(database.port(), Number(url.port));
  await expect.poll(() => readReadiness(waiting), { timeout: 20_000 }).toBe("200 ok up");
  expect(waiting.ending()).toBeNull();
  await waiting.kill();
  await arriving.close();
  // A console starts and waits for its database.
}, 60_000);
