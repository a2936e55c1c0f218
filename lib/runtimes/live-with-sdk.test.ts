import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createFlagClient } from "#sdk/flag-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem, aToken } from "#testing/factories.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { setFlag } from "../flags/set-flag.ts";
import { listRuntimes } from "./list-runtimes.ts";
import { readLiveState } from "./read-live-state.ts";

useTestDatabase();
const reader = aSystem("number:read");

let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;
beforeAll(async () => {
  server = await serveApiWithFastLane();
});
afterAll(() => server.close());

async function startRuntime(instanceId: string) {
  const { secret } = await aToken({ scopes: ["flags:read", "reports:write"] });
  const client = createFlagClient({ url: server.url, token: secret, instanceId });
  onTestFinished(() => client.close());
  await client.ready({ timeoutMs: 10_000 });
}

test("with real runtimes a flip is soon known to be live on all of them", async () => {
  await Promise.all(["rt-1", "rt-2", "rt-3"].map(startRuntime));
  await vi.waitUntil(async () => (await listRuntimes(reader)).length === 3, 15_000);
  const phoneNumberId = await aNumber();
  const change = { phoneNumberId, acceptsBsuid: true, reason: "A test with the SDK" };
  const { number } = await setFlag(aSystem("flag:set"), change);
  const isLive = async () => (await readLiveState(reader, number.flagRevision)).live === 3;
  await vi.waitUntil(isLive, { timeout: 10_000, interval: 100 });
  const { secondsAfterChange } = await readLiveState(reader, number.flagRevision);
  expect(secondsAfterChange).toBeGreaterThanOrEqual(0);
  expect(secondsAfterChange).toBeLessThan(5);
});
