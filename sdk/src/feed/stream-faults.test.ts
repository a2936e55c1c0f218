import { expect, test } from "vitest";
import { aClient, aServer, codesOf, revisionsOf } from "../../testing/a-client.ts";
import { toEvent } from "../../testing/contract-server.ts";
import { waitUntil } from "../../testing/wait-until.ts";

const ONE = "106540352242922";
const STREAM = "/api/v1/flags/stream";
const isRising = (revisions: number[]) =>
  revisions.every((revision, at) => at === 0 || revision > (revisions[at - 1] ?? 0));

/** With a large `checkIntervalMs` only the stream brings anything. */
async function aFollower(timing: { checkIntervalMs?: number } = {}) {
  const server = await aServer();
  const watched = aClient(server.url, { timing });
  await watched.client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => watched.client.status().mode === "stream");
  const isCurrent = () => watched.client.status().cursor === server.flags.cursor;
  return { server, ...watched, isCurrent };
}

test("a stream that is cut in the middle of an event is resumed, and nothing of that event is applied", async () => {
  const { server, client, events, isCurrent } = await aFollower({ checkIntervalMs: 60_000 });
  const before = client.status().cursor;
  server.flags.set(ONE, true);
  const half = toEvent(server.flags.since(before)).slice(0, -20);
  for (const stream of server.streams.keys()) {
    // At once: on a slow machine the server's next line would end the event.
    stream.write(half, () => stream.destroy());
  }
  await waitUntil(isCurrent);
  expect(server.lastOf(STREAM)?.headers["last-event-id"]).toBe(before);
  expect(revisionsOf(events)).toEqual([1]);
  expect(codesOf(events)).toEqual(["CONNECTION"]);
});

test("a half-open connection is given up, and the flags come by another", async () => {
  const { server, events, isCurrent } = await aFollower();
  for (const stream of server.streams.keys()) {
    // No end and no reset, as with a router that forgot the connection.
    stream.write = () => true;
    server.streams.delete(stream);
  }
  server.flags.set(ONE, true);
  await waitUntil(isCurrent);
  await waitUntil(() => codesOf(events).includes("CONNECTION"));
  await waitUntil(() => server.streams.size === 1);
});

test("a stream whose server ends it politely is opened again", async () => {
  const { server, isCurrent } = await aFollower();
  for (const stream of server.streams.keys()) stream.end();
  await waitUntil(() => server.countOf(STREAM) === 2);
  server.flip(ONE, true);
  await waitUntil(isCurrent);
});

test("a repeated delta changes nothing, and one from another cursor leads to a snapshot", async () => {
  const { server, client, events, isCurrent } = await aFollower({ checkIntervalMs: 60_000 });
  const before = client.status().cursor;
  server.flip(ONE, true);
  await waitUntil(isCurrent);
  const [stream] = server.streams.keys();
  stream?.write(toEvent(server.flags.since(before)));
  stream?.write(toEvent(server.flags.since(before)));
  expect(codesOf(events)).toEqual([]);
  const skipped = { ...server.flags.since(client.status().cursor), since: "999.ffffffff" };
  stream?.write(toEvent({ ...skipped, cursor: "1000.eeeeeeee" }));
  await waitUntil(() => codesOf(events).includes("OUT_OF_STEP"));
  await waitUntil(() => server.countOf(STREAM) === 2);
  expect(server.lastOf(STREAM)?.headers["last-event-id"]).toBeUndefined();
  await waitUntil(() => client.status().mode === "stream");
  expect(revisionsOf(events)).toEqual([1]);
  expect(isCurrent()).toBe(true);
});

test.each([
  "not json",
  '{"kind":"delta"}',
  '{"kind":"snapshot","cursor":"5.aaaaaaaa","revision":5,"default":true,"accepts":[]}',
  '{"kind":"snapshot","cursor":"5.aaaaaaaa","revision":5,"default":false,"accepts":[1]}',
  '{"kind":"snapshot","cursor":"a\\nb","revision":5,"default":false,"accepts":[]}',
  '{"kind":"snapshot","cursor":"5.aaaaaaaa","revision":-1,"default":false,"accepts":[]}',
])("nothing of the message %s is used", async (data) => {
  const { server, client, events, isCurrent } = await aFollower();
  const [stream] = server.streams.keys();
  stream?.write(`event: snapshot\ndata: ${data}\n\n`);
  await waitUntil(() => codesOf(events).includes("UNEXPECTED_ANSWER"));
  await waitUntil(() => client.status().mode === "stream");
  expect(isCurrent()).toBe(true);
  expect(revisionsOf(events)).toEqual([]);
});

test.each([429, 503])("after a %i the client waits for its Retry-After", async (status) => {
  const server = await aServer();
  server.fault = (_, response) => {
    server.fault = () => false;
    response.writeHead(status, { "Retry-After": "1" }).end();
    return true;
  };
  const { client } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  const streams = server.requests.filter(({ path }) => path === STREAM);
  const [first, second] = streams.map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990);
});

test("a snapshot of 200,000 numbers arrives in slices, and is applied at once", async () => {
  const server = await aServer();
  const numbers = Array.from({ length: 200_000 }, (_, at) => String(100_000_000_000_000 + at * 7));
  server.flags.begin(numbers);
  const { client, events } = aClient(server.url, { timing: { streamSilenceMs: 5_000 } });
  await client.ready({ timeoutMs: 20_000 });
  expect(client.status().accepting).toBe(200_000);
  expect(client.acceptsBsuid(numbers.at(-1) ?? "")).toBe(true);
  server.flip(numbers[0] ?? "", false);
  await waitUntil(() => !client.acceptsBsuid(numbers[0] ?? ""));
  expect(isRising(revisionsOf(events))).toBe(true);
});

test("200 clients whose server restarts come back spread out, and all are current", async () => {
  const server = await aServer();
  server.commentMs = 1_000;
  const timing = { baseBackoffMs: 1_000, maxBackoffMs: 2_000, streamSilenceMs: 20_000 };
  const slow = { ...timing, pollIntervalMs: 10_000, checkIntervalMs: 60_000 };
  const options = { timing: slow, reportIntervalMs: 60_000 };
  const watched = Array.from({ length: 200 }, () => aClient(server.url, options));
  await Promise.all(watched.map(({ client }) => client.ready({ timeoutMs: 20_000 })));
  await server.stop();
  server.requests.length = 0;
  server.flags.set(ONE, true);
  await server.start();
  await waitUntil(() => watched.every(({ client }) => client.acceptsBsuid(ONE)));
  const times = server.requests.filter(({ path }) => path === STREAM).map(({ at }) => at);
  const busiest = Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 100).length),
  );
  expect(times.length).toBeLessThan(260);
  // Spread evenly it would be some 20; all at once would be 200.
  expect(busiest).toBeLessThan(100);
  expect(watched.every(({ events }) => isRising(revisionsOf(events)))).toBe(true);
});
