import { expect, test } from "vitest";
import { TOKEN } from "../sdk/testing/contract-server.ts";
import { aBusiness, readFlags } from "./testing/a-business.ts";
import { aDataDir, startRuntimeProcess } from "./testing/a-runtime.ts";
import { aCustomer, aMessage, aPayload, aPhoneLess } from "./testing/payloads.ts";
import { until } from "./testing/until.ts";

const NUMBER = "300000000000001";

test("while the console is down, messages are decided by the last known flags, also after a restart", async () => {
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

test("without any flags nothing is decided: Meta is asked to send again, and then it is decided", async () => {
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

type Health = { status: string; refused: { what: string }[] };

test.each([
  [401, "UNAUTHENTICATED", 401],
  [403, "FORBIDDEN", 403],
  [404, "UNEXPECTED_ANSWER", 404],
  // Node's fetch hides this one.
  [407, "UNEXPECTED_ANSWER", null],
])(
  "a stray %i stops nothing: it is logged as an error, shown in /healthz, and passes by itself",
  async (answer, code, status) => {
    const { console, receiver, runtime } = await aBusiness();
    const readHealth = async () => (await (await fetch(`${runtime.url}/healthz`)).json()) as Health;
    expect(await readHealth()).toMatchObject({ status: "ok", refused: [] });
    console.fault = (_, response) => {
      response.writeHead(answer).end();
      return true;
    };
    for (const stream of console.streams.keys()) stream.destroy();
    const isRefused = ({ refused }: Health) => refused.some(({ what }) => what === "flags");
    await until(async () => isRefused(await readHealth()), 20_000);
    const health = await readHealth();
    expect(health.status).toBe("degraded");
    expect(health.refused).toContainEqual(expect.objectContaining({ what: "flags", status, code }));
    const payload = aPayload(aMessage({ to: NUMBER, from: aCustomer() }));
    expect((await runtime.post(payload)).status).toBe(200);
    await until(() => receiver.webhooks.length === 1);
    const lines = runtime
      .log()
      .split("\n")
      .filter((line) => line.includes(code));
    expect(lines.some((line) => JSON.parse(line).level === 50)).toBe(true);
    expect(runtime.log()).not.toContain(TOKEN);
    console.fault = () => false;
    console.flip(NUMBER, true);
    await until(async () => (await readFlags(runtime.url)).cursor === console.flags.cursor, 30_000);
    await until(async () => (await readHealth()).status === "ok", 60_000);
  },
  // A refused client asks again only after a wait.
  60_000,
);
