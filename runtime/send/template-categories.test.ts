import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { getTemplateCategories } from "./template-categories.ts";

/** Longer than what Node buffers of a body that nobody reads. */
const PAGE = "x".repeat(100_000);

/** Collects uncaught errors during the test; Vitest's own listeners are restored after it. */
function collectUncaught(): unknown[] {
  const uncaught: unknown[] = [];
  const listeners = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => uncaught.push(error));
  onTestFinished(() => {
    process.removeAllListeners("uncaughtException");
    for (const listener of listeners) process.on("uncaughtException", listener);
  });
  return uncaught;
}

test("a gateway that closes behind a long error page does not end the process", async () => {
  const uncaught = collectUncaught();
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(`HTTP/1.1 502 Bad Gateway\r\n\r\n${PAGE}`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const graph = { url: `http://127.0.0.1:${port}`, token: null };
  expect(await getTemplateCategories(graph, { wabaId: "1", name: "order_ready" })).toBeNull();
  await sleep(300);
  expect(uncaught).toEqual([]);
});
