import { expect, test } from "vitest";
import { aClient, aServer, revisionsOf } from "../../testing/a-client.ts";
import { waitUntil } from "../../testing/wait-until.ts";

const ONE = "106540352242922";

test("when the console is out of reach for long, the flags are stale since they were last confirmed; then fresh", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  const lost = Date.now();
  await server.stop();
  await waitUntil(() => client.status().stale !== null);
  const { stale } = client.status();
  expect(stale?.reason).toBe("unreachable");
  expect(Math.abs((stale?.since.getTime() ?? 0) - lost)).toBeLessThan(300);
  await server.start();
  await waitUntil(() => client.status().stale === null);
  const names = events.map(({ name }) => name).filter((name) => name !== "error");
  expect(names).toEqual(["ready", "stale", "fresh"]);
});

test("when the server loses its database while the stream goes on, the flags are stale since then", async () => {
  const server = await aServer();
  const { client } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  server.ageSeconds = 30;
  await waitUntil(() => client.status().stale?.reason === "server");
  const since = client.status().stale?.since.getTime() ?? 0;
  expect(Math.abs(Date.now() - 30_000 - since)).toBeLessThan(2_000);
  expect(client.status().mode).toBe("stream");
  server.ageSeconds = 0;
  await waitUntil(() => client.status().stale === null);
});

test("a restored database is believed after two answers, and reported as a reset", async () => {
  const server = await aServer();
  server.flags.begin(["1", "2"]);
  const { client, events } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  for (const number of ["11", "12", "13"]) server.flip(number, true);
  await waitUntil(() => client.status().revision === 3);
  server.flags.restore(1);
  for (const stream of server.streams.keys()) stream.destroy();
  await waitUntil(() => client.status().cursor === server.flags.cursor);
  const reset = events.findLast(({ name }) => name === "change");
  expect(reset?.event).toMatchObject({ reset: true, revision: 1 });
  expect([client.acceptsBsuid("11"), client.acceptsBsuid("12")]).toEqual([true, false]);
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
});

test("the same revision with another cursor is another timeline, and believed at once", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  server.flip("11", true);
  await waitUntil(() => client.acceptsBsuid("11"));
  server.flags.restore(0);
  server.flags.set("12", true);
  for (const stream of server.streams.keys()) stream.destroy();
  await waitUntil(() => client.acceptsBsuid("12"));
  expect(client.acceptsBsuid("11")).toBe(false);
  expect(events.findLast(({ name }) => name === "change")?.event).toMatchObject({ reset: true });
});

test("an instance that lags, or has lost its database, never takes the flags back", async () => {
  const server = await aServer();
  const behind = await aServer();
  for (const { flags } of [server, behind]) flags.set("11", true);
  server.flags.set("12", true);
  let isBehind = false;
  const toEither: typeof globalThis.fetch = (input, init) =>
    fetch(String(input).replace(server.url, isBehind ? behind.url : server.url), init);
  const { client, events } = aClient(server.url, { fetch: toEither });
  await client.ready({ timeoutMs: 5_000 });
  isBehind = true;
  behind.ageSeconds = 5;
  for (const stream of server.streams.keys()) stream.destroy();
  await waitUntil(() => client.status().lastError?.code === "SERVER_BEHIND");
  expect(client.acceptsBsuid("12")).toBe(true);
  behind.ageSeconds = 0;
  behind.flags.set("12", true);
  await waitUntil(() => client.status().mode === "stream");
  expect(revisionsOf(events)).toEqual([]);
  expect(client.status().revision).toBe(2);
});

test("a server that has no database when the stream opens says so at once", async () => {
  const server = await aServer();
  server.ageSeconds = 30;
  const { client, events } = aClient(server.url, { timing: { checkIntervalMs: 60_000 } });
  await client.ready({ timeoutMs: 5_000 });
  expect(client.status().stale?.reason).toBe("server");
  expect(events.map(({ name }) => name).sort()).toEqual(["ready", "stale"]);
});

test("a restore that shows only in the check beside a silent stream is noticed, too", async () => {
  const server = await aServer();
  const { client, events } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  for (const number of ["11", "12", "13"]) server.flip(number, true);
  await waitUntil(() => client.status().revision === 3);
  server.flags.restore(1);
  await waitUntil(() => client.status().cursor === server.flags.cursor);
  expect(client.acceptsBsuid("13")).toBe(false);
  expect(events.filter(({ name }) => name === "error")).toEqual([]);
  await waitUntil(() => client.status().mode === "stream");
});
