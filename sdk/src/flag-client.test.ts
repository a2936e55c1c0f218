import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { aClient, aServer, codesOf, revisionsOf } from "../testing/a-client.ts";
import { waitUntil } from "../testing/wait-until.ts";

const ONE = "106540352242922";
const OTHER = "106540352242923";

test("has the console's flags; a number that the console does not name is off", async () => {
  const server = await aServer();
  server.flags.begin([ONE]);
  const { client, events } = aClient(server.url);
  expect(client.acceptsBsuid(ONE)).toBe(false);
  await client.ready({ timeoutMs: 5_000 });
  expect(client.acceptsBsuid(ONE)).toBe(true);
  expect(client.acceptsBsuid(OTHER)).toBe(false);
  const { cursor, revision } = server.flags;
  expect(client.status()).toMatchObject({ mode: "stream", cursor, revision, accepting: 1 });
  expect(events).toEqual([{ name: "ready", event: { source: "server", cursor, revision } }]);
});

test("a flip arrives within milliseconds, as a change", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  const started = performance.now();
  const cursor = server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE), { interval: 1 });
  expect(performance.now() - started).toBeLessThan(200);
  const change = { phoneNumberId: ONE, acceptsBsuid: true, revision: 1 };
  expect(events.at(-1)).toEqual({
    name: "change",
    event: { changes: [change], cursor, revision: 1, reset: false },
  });
  server.flip(ONE, false);
  await waitUntil(() => !client.acceptsBsuid(ONE));
});

test("no lookup throws, whatever is passed, also when the method is detached", async () => {
  const server = await aServer();
  const { client } = aClient(server.url);
  const { acceptsBsuid } = client;
  const odd = [
    undefined,
    null,
    Number.NaN,
    1n,
    Symbol("x"),
    {},
    [],
    "",
    "１",
    `${ONE}\n`,
    () => {},
  ];
  for (const value of odd) expect(acceptsBsuid(value as string)).toBe(false);
});

test("a listener that throws, now or later, affects no other and is reported as an error", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url);
  client.on("ready", () => {
    throw new Error("at once");
  });
  client.on("ready", async () => {
    throw new Error("later");
  });
  client.on("error", () => {
    throw new Error("in the error's own");
  });
  await client.ready({ timeoutMs: 5_000 });
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
  expect(codesOf(events)).toEqual(["LISTENER", "LISTENER"]);
});

test("a removed listener is not called", async () => {
  const server = await aServer();
  const { client } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  const listener = vi.fn();
  client.on("change", listener);
  client.off("change", listener);
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
  expect(listener).not.toHaveBeenCalled();
});

test("ready rejects in time when nobody answers, and the client keeps trying", async () => {
  const server = await aServer();
  const { url } = server;
  await server.stop();
  const { client } = aClient(url);
  await expect(client.ready({ timeoutMs: 50 })).rejects.toMatchObject({ code: "NOT_READY" });
  await server.start();
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => client.status().mode === "stream");
});

test("close ends everything, and lookups still answer from the known flags", async () => {
  const server = await aServer();
  server.flags.begin([ONE]);
  const { client, events } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  await client.close();
  await client.close();
  await waitUntil(() => server.streams.size === 0);
  const before = server.requests.length;
  await sleep(300);
  expect(server.requests.length).toBe(before);
  expect(client.acceptsBsuid(ONE)).toBe(true);
  expect(client.status().mode).toBe("closed");
  expect(revisionsOf(events)).toEqual([]);
});

test("options that can never work are refused at once", () => {
  expect(() => aClient("ftp://console.test")).toThrow(TypeError);
  expect(() => aClient("http://console.test", { token: "two\nlines" })).toThrow(TypeError);
  expect(() => aClient("http://console.test", { instanceId: "a b" })).toThrow(TypeError);
  expect(() => aClient("http://console.test", { reportIntervalMs: -1 })).toThrow(TypeError);
});
