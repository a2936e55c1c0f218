import { expect, test } from "vitest";
import { aClient, aServer, codesOf } from "../../testing/a-client.ts";
import { waitUntil } from "../../testing/wait-until.ts";

const ONE = "106540352242922";
const STREAM = "/api/v1/flags/stream";
const FLAGS = "/api/v1/flags";

test.each([400, 404, 405, 406, 302])(
  "if the stream is answered %i, long polls are used instead, and the stream is tried again",
  async (status) => {
    const server = await aServer();
    server.fault = (_, response, path) => {
      if (path !== STREAM) return false;
      response.writeHead(status, { Location: "/login" }).end();
      return true;
    };
    // Long enough for an answer on a busy machine.
    const { client, events } = aClient(server.url, { timing: { streamSilenceMs: 5_000 } });
    await client.ready({ timeoutMs: 5_000 });
    await waitUntil(() => client.status().mode === "long-poll");
    expect(codesOf(events)[0]).toBe("STREAM_UNSUPPORTED");
    const started = performance.now();
    server.flip(ONE, true);
    await waitUntil(() => client.acceptsBsuid(ONE), { interval: 2 });
    expect(performance.now() - started).toBeLessThan(300);
    server.fault = () => false;
    await waitUntil(() => client.status().mode === "stream");
  },
);

test("a page in answer to the stream counts as no stream", async () => {
  const server = await aServer();
  server.fault = (_, response, path) => {
    if (path === STREAM) response.writeHead(200, { "Content-Type": "text/html" }).end("<p>Hello");
    return path === STREAM;
  };
  const { client } = aClient(server.url);
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => client.status().mode === "long-poll");
});

test("behind a proxy that holds the stream back, the flags come by polls, then and afterwards", async () => {
  const server = await aServer();
  server.fault = (_, response, path) => {
    if (path === STREAM) response.writeHead(200, { "Content-Type": "text/event-stream" });
    if (path === STREAM) response.flushHeaders();
    return path === STREAM;
  };
  const { client, events } = aClient(server.url, { timing: { streamSilenceMs: 1_000 } });
  await client.ready({ timeoutMs: 900 });
  expect(codesOf(events)).toEqual([]);
  await waitUntil(() => client.status().mode === "long-poll");
  expect(codesOf(events)).toEqual(["STREAM_SILENT"]);
});

test("a server without long polls is polled at the interval, not in a loop", async () => {
  const server = await aServer();
  server.fault = (request, response, path) => {
    delete request.headers.prefer;
    if (path === STREAM) response.writeHead(404).end();
    return path === STREAM;
  };
  const { client } = aClient(server.url, { timing: { streamRetryMs: 60_000 } });
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => client.status().mode === "poll");
  const before = server.countOf(FLAGS);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const polls = server.countOf(FLAGS) - before;
  expect(polls).toBeGreaterThan(3);
  expect(polls).toBeLessThan(16);
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
});

test("if long polls are cut, too, the client goes on with plain ones", async () => {
  const server = await aServer();
  server.fault = (request, response, path) => {
    if (path === STREAM) response.writeHead(404).end();
    const isHeld = path === FLAGS && request.headers.prefer !== undefined;
    if (isHeld) setTimeout(() => response.destroy(), 1_100);
    return path === STREAM || isHeld;
  };
  const timing = { streamRetryMs: 60_000, longPollSeconds: 5 };
  const { client } = aClient(server.url, { timing });
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => client.status().mode === "poll");
  server.flip(ONE, true);
  await waitUntil(() => client.acceptsBsuid(ONE));
});

test("a stream that breaks each time while polls get through is not tried for a while", async () => {
  const server = await aServer();
  server.fault = (_, response, path) => {
    if (path === STREAM) response.writeHead(502).end();
    return path === STREAM;
  };
  const { client } = aClient(server.url, { timing: { streamRetryMs: 60_000 } });
  await client.ready({ timeoutMs: 5_000 });
  await waitUntil(() => client.status().mode === "long-poll");
  expect(server.countOf(STREAM)).toBeLessThan(6);
});
