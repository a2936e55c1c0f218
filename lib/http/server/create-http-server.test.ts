import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { createHttpServer } from "./create-http-server.ts";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/nowhere");
vi.stubEnv("NEXTAUTH_SECRET", "for this test only, and long enough");
vi.stubEnv("LOG_LEVEL", "silent");

/** The answer to a request with these lines; the server listens for protocol upgrades, as under Next. */
async function exchange(lines: string, isDevelopment: boolean): Promise<string> {
  return await send(`GET / HTTP/1.1\r\nHost: x\r\n${lines}\r\n\r\n`, isDevelopment);
}

async function send(text: string, isDevelopment = false): Promise<string> {
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
  socket.write(text);
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
])("a request for %s is answered by HTTP/1.1", async (_, lines, isDevelopment) => {
  const answer = await exchange(lines, isDevelopment);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain("answered");
});

test("hot reload gets its WebSocket", async () => {
  expect(await exchange(WEBSOCKET, true)).toBe("upgraded");
});

const ASK = "GET / HTTP/1.1\r\nHost: x\r\n";
const SEND = "POST / HTTP/1.1\r\nHost: x\r\n";

test.each([
  ["no HTTP at all", "\x16\x03\x01\x02\x00", 400],
  ["another version's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  ["a method that there is not", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 400],
  ["a header that is none", `${ASK}Foo Bar: x\r\n\r\n`, 400],
  ["two lengths", `${SEND}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ["a length that is none", `${SEND}Content-Length: -5\r\n\r\n`, 400],
  ["headers over a mebibyte", `${ASK}Foo: ${"a".repeat(1_200_000)}\r\n\r\n`, 431],
  ["CONNECT", "CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n", 405],
  ["an expectation of its own", `${ASK}Expect: miracles\r\n\r\n`, 417],
])("%s is refused in words, with an id", async (_, text, status) => {
  const answer = await send(text);
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} \\w`));
  const { requestId, ...problem } = JSON.parse(body) as { requestId: string; status: number };
  expect(problem.status).toBe(status);
  expect(head).toContain(`x-request-id: ${requestId}`);
});
