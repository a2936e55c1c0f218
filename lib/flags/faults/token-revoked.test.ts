import { afterAll, beforeAll, expect, test } from "vitest";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem, aToken } from "#testing/factories.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { openStream } from "#testing/http/read-stream.ts";
import { revokeToken } from "../../tokens/revoke-token.ts";

const database = useTestDatabase();
const REVOKED_WITHIN_MS = 1_500;

let network: Awaited<ReturnType<typeof startTcpProxy>>;
let consoleProcess: ConsoleProcess;

beforeAll(async () => {
  network = await startTcpProxy(database.port());
  consoleProcess = await startConsole({ databaseUrl: database.appUrl(network.port) });
});
afterAll(async () => {
  await consoleProcess.kill();
  await network.close();
});

async function poll(secret: string): Promise<number> {
  const headers = { authorization: `Bearer ${secret}` };
  return (await fetch(`${consoleProcess.url}/api/v1/flags`, { headers })).status;
}

/** Done by another instance: this test's own process. */
async function revoke(tokenId: string): Promise<void> {
  await revokeToken(aSystem("token:manage"), { tokenId, reason: "Was in a chat log" });
}

test("a token revoked on one instance ends polls and streams on the other within about a second", async () => {
  const { id, secret } = await aToken({ scopes: ["flags:read"] });
  await expect.poll(() => poll(secret)).toBe(200);
  const headers = { authorization: `Bearer ${secret}` };
  const stream = await openStream(`${consoleProcess.url}/api/v1/flags/stream`, headers);
  await stream.next();
  await revoke(id);
  const revokedAt = performance.now();
  await expect.poll(() => poll(secret), { timeout: REVOKED_WITHIN_MS }).toBe(401);
  expect(await stream.next()).toBeNull();
  expect(performance.now() - revokedAt).toBeLessThan(REVOKED_WITHIN_MS);
});

test("while the database is away what was last known holds, and what was revoked meanwhile ends when it is back", async () => {
  const { id, secret } = await aToken({ scopes: ["flags:read"] });
  await expect.poll(() => poll(secret)).toBe(200);
  network.dropSilently();
  await revoke(id);
  const headers = { authorization: `Bearer ${secret}` };
  const readAge = async () =>
    Number((await fetch(`${consoleProcess.url}/api/v1/flags`, { headers })).headers.get("age"));
  await expect.poll(readAge, { timeout: 30_000 }).toBeGreaterThanOrEqual(4);
  expect(await poll(secret)).toBe(200);
  expect(await poll("bsuid_unknown")).toBe(503);
  network.heal();
  await expect.poll(() => poll(secret), { timeout: 6_000 }).toBe(401);
  // The database is stopped and started.
}, 60_000);
