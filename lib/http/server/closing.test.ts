import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { Closing } from "./closing.ts";

/** Shorter than Node's own timeout for kept connections. */
const SOON_MS = 2_000;

async function aServer() {
  const closing = new Closing();
  const asked: ServerResponse[] = [];
  const http = createServer({ keepAliveTimeout: 60_000 }, (_, response) => {
    closing.track(response);
    asked.push(response);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  onTestFinished(() => http.closeAllConnections());
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const { port } = http.address() as AddressInfo;
  const ask = async () => {
    const request = get({ port, host: "127.0.0.1", agent });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return { connection: response.headers.connection, body: await text(response) };
  };
  const nextAsked = async () => {
    while (asked.length === 0) await once(http, "request");
    return asked.shift() as ServerResponse;
  };
  return { closing, http, ask, nextAsked };
}

test("an open answer is finished, and then its connection and the server end", async () => {
  const { closing, http, ask, nextAsked } = await aServer();
  const answer = ask();
  const response = await nextAsked();
  const startedAt = performance.now();
  const closed = closing.close(http, { drainMs: 10_000 });
  response.end("done");
  expect(await answer).toEqual({ connection: "close", body: "done" });
  await closed;
  expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
});

test("an answer whose head was sent is finished unchanged, and its connection ends, too", async () => {
  const { closing, http, ask, nextAsked } = await aServer();
  const answer = ask();
  const response = await nextAsked();
  response.write("half ");
  const startedAt = performance.now();
  const closed = closing.close(http, { drainMs: 10_000 });
  response.end("done");
  expect((await answer).body).toBe("half done");
  await closed;
  expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
});

test("an answer that does not come is cut after the drain time", async () => {
  const { closing, http, ask, nextAsked } = await aServer();
  const answer = ask().catch((error: Error) => error);
  await nextAsked();
  await closing.close(http, { drainMs: 200 });
  expect(await answer).toBeInstanceOf(Error);
  expect(http.listening).toBe(false);
});
