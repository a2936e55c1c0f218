import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createFlagClient, type FlagsChanged } from "#sdk/flag-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { db } from "../../../db/client.ts";
import { setFlag } from "../../../flags/set-flag.ts";
import { revokeToken } from "../../../tokens/revoke-token.ts";

useTestDatabase();

let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;
beforeAll(async () => {
  server = await serveApiWithFastLane();
});
afterAll(() => server.close());

async function aRuntime(instanceId: string) {
  const token = await aToken({ scopes: ["flags:read", "reports:write"] });
  const options = { url: server.url, token: token.secret, instanceId, reportIntervalMs: 200 };
  const client = createFlagClient(options);
  onTestFinished(() => client.close());
  await client.ready({ timeoutMs: 10_000 });
  return { client, token };
}

async function flip(phoneNumberId: string, acceptsBsuid: boolean) {
  const actor = await aPerson("support");
  return await setFlag(actor, { phoneNumberId, acceptsBsuid, reason: "A test of the SDK" });
}

test("the SDK's client follows the console's stream, and reports what it has applied and counted", async () => {
  const phoneNumberId = await aNumber();
  const { client } = await aRuntime("rt-sdk");
  const changes: FlagsChanged[] = [];
  client.on("change", (change) => changes.push(change));
  expect(client.acceptsBsuid(phoneNumberId)).toBe(false);
  const { cursor } = await flip(phoneNumberId, true);
  await vi.waitUntil(() => client.acceptsBsuid(phoneNumberId), 5_000);
  expect(client.status()).toMatchObject({ mode: "stream", cursor, stale: null, lastError: null });
  expect(changes.at(-1)?.changes).toMatchObject([{ phoneNumberId, acceptsBsuid: true }]);
  client.count(phoneNumberId, "phone_less");
  client.count(phoneNumberId, "legacy");
  await client.close();
  const instance = await db().runtimeInstance.findUniqueOrThrow({
    where: { instanceId: "rt-sdk" },
  });
  expect(instance).toMatchObject({ appliedCursor: cursor, sdk: "@bsuid/sdk/1.0.0" });
  const counts = await db().trafficCount.findMany({ where: { phoneNumberId } });
  expect(counts).toMatchObject([{ phoneLessAccepted: 1n, phoneLessDropped: 0n, legacy: 1n }]);
});

test("a client whose token is revoked learns it within seconds, and keeps the flags it has", async () => {
  const phoneNumberId = await aNumber();
  await flip(phoneNumberId, true);
  const { client, token } = await aRuntime("rt-revoked");
  await vi.waitUntil(() => client.acceptsBsuid(phoneNumberId), 5_000);
  await revokeToken(aSystem("token:manage"), { tokenId: token.id, reason: "A test of the SDK" });
  const refused = expect.objectContaining({ status: 401 });
  await vi.waitFor(() => expect(client.status().refused).toContainEqual(refused), 5_000);
  await sleep(100);
  expect(client.acceptsBsuid(phoneNumberId)).toBe(true);
});
