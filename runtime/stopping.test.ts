import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "./settings.ts";
import { startRuntime } from "./start-runtime.ts";
import { lockFolder } from "./store/lock-folder.ts";
import { API_KEY, aDataDir, BUSINESS_ID } from "./testing/a-runtime.ts";
import { aSendingBusiness, PHONE, session } from "./testing/a-sending-business.ts";
import { until } from "./testing/until.ts";

/** How long supervisors wait before they kill a program. */
const PATIENCE_MS = 10_000;

type Answer = { status: number | undefined; connection: string | undefined; body: string };

/** Sends a message by a client that keeps its connections, as most do. */
async function sendKeptAlive(url: string): Promise<Answer> {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const sending = request(`${url}/v1/businesses/${BUSINESS_ID}/send/messages`, {
    agent,
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": API_KEY },
  });
  sending.end(JSON.stringify(session({ id: PHONE })));
  const [response] = (await once(sending, "response")) as [IncomingMessage];
  const { statusCode: status, headers } = response;
  return { status, connection: headers.connection, body: await text(response) };
}

test("SIGTERM while a kept connection waits for its answer: it is answered and closed, and everything is freed soon", async () => {
  const { graph, runtime, restart } = await aSendingBusiness();
  const { promise, resolve } = Promise.withResolvers<void>();
  graph.beforeAnswer(() => promise);
  const answered = sendKeptAlive(runtime.url);
  await until(() => graph.sent.length === 1);
  const startedAt = performance.now();
  const stopped = runtime.stop();
  setTimeout(resolve, 500);
  expect(await answered).toMatchObject({ status: 200, connection: "close" });
  await stopped;
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  // The next process can use the folder and the port.
  const next = await restart();
  const { port } = new URL(runtime.url);
  await once(createServer().listen(Number(port), "127.0.0.1"), "listening");
  await next.stop();
});

test("a send that Meta never answers is reported as unknown, and does not delay the end", async () => {
  const { graph, runtime } = await aSendingBusiness();
  graph.beforeAnswer(() => new Promise(() => undefined));
  const answered = sendKeptAlive(runtime.url);
  await until(() => graph.sent.length === 1);
  const startedAt = performance.now();
  await runtime.stop();
  expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
  const { status, connection, body } = await answered;
  expect([status, connection]).toEqual([502, "close"]);
  expect(body).toContain("may or may not have been sent");
});

test("a start on a taken port leaves nothing open: the next process can use the folder", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(async () => {
    taken.close();
  });
  const dataDir = aDataDir();
  const settings = readSettings({
    CONSOLE_URL: "http://127.0.0.1:9",
    RUNTIME_TOKEN: "of-a-test",
    WEBHOOK_URL: "http://127.0.0.1:9/",
    WEBHOOK_SECRET: "of-a-test",
    RUNTIME_DATA_DIR: dataDir,
    RUNTIME_PORT: String((taken.address() as { port: number }).port),
    LOG_LEVEL: "silent",
  });
  const before = process.getActiveResourcesInfo().length;
  await expect(startRuntime(settings)).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before);
  lockFolder(dataDir).release();
});
