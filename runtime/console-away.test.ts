import { expect, test } from "vitest";
import { TOKEN } from "../sdk/testing/contract-server.ts";
import { aBusiness, readFlags } from "./testing/a-business.ts";
import { aDataDir, startRuntimeProcess } from "./testing/a-runtime.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess } from "./testing/payloads.ts";
import { until } from "./testing/until.ts";

const NUMBER = "300000000000001";

test("while the console is down, messages are decided by the last known flags; after a restart, too", async () => {
  const { console, receiver, runtime, restart } = await aBusiness();
  console.flip(NUMBER, true);
  await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor);
  await console.stop();
  const write = (to: { url: string; post: typeof runtime.post }) =>
    to.post(aPayload(aMessage({ to: NUMBER, from: aPhoneLess() })));
  expect((await write(runtime)).status).toBe(200);
  await until(() => receiver.webhooks.length === 1);
  await runtime.stop();
  const again = await restart();
  expect((await write(again)).status).toBe(200);
  await until(() => receiver.webhooks.length === 2);
});

test("with no flags at all nothing is decided: Meta is asked to come again, and then it is", async () => {
  const { console, receiver, runtime, settings } = await aBusiness();
  await runtime.stop();
  await console.stop();
  const fresh = await startRuntimeProcess({ ...settings, RUNTIME_DATA_DIR: aDataDir() });
  const payload = aPayload(aMessage({ to: NUMBER, from: aCustomer() }));
  const answer = await fresh.post(payload);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
  expect(await fresh.deliveries()).toEqual([]);
  await console.start();
  await until(async () => (await fresh.post(payload)).status === 200, 20_000);
  await until(() => receiver.webhooks.length === 1);
});

test("a token that is revoked stops the asking, not the deciding", async () => {
  const { console, receiver, runtime } = await aBusiness();
  console.token = "another";
  for (const stream of console.streams.keys()) stream.destroy();
  await until(async () => (await readFlags(runtime.url)).mode === "stopped", 10_000);
  const payload = aPayload(aMessage({ to: NUMBER, from: aCustomer() }));
  expect((await runtime.post(payload)).status).toBe(200);
  await until(() => receiver.webhooks.length === 1);
  expect(runtime.log()).toContain("UNAUTHENTICATED");
  expect(runtime.log()).not.toContain(TOKEN);
});
