import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createHttpServer } from "./create-http-server.ts";

/** What comes back to a request with these lines; the server listens for changes of protocol, as Next has it. */
async function exchange(lines: string, isDevelopment: boolean): Promise<string> {
  const server = createHttpServer({ isDevelopment });
  server.on("request", (_, response) => response.end("answered"));
  server.on("upgrade", (_, socket) => socket.end("upgraded"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += String(chunk);
    socket.end();
  });
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${lines}\r\n\r\n`);
  await once(socket, "close");
  return answer;
}

const H2C =
  "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__";
const WEBSOCKET =
  "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";

test.each([
  ["h2c", H2C, false],
  ["h2c in development", H2C, true],
  ["TLS", "Connection: Upgrade\r\nUpgrade: TLS/1.0", false],
  ["a WebSocket that nobody offers", WEBSOCKET, false],
])("who asks for %s is answered by HTTP/1.1", async (_, lines, isDevelopment) => {
  const answer = await exchange(lines, isDevelopment);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain("answered");
});

test("hot reload gets its WebSocket", async () => {
  expect(await exchange(WEBSOCKET, true)).toBe("upgraded");
});
