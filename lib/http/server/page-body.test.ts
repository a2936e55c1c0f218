import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { answerAndHangUp, cutSlowBody } from "./hang-up.ts";
import { MAX_ACTION_BYTES, MAX_FORM_BYTES, refuseBody } from "./page-body.ts";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/nowhere");
vi.stubEnv("NEXTAUTH_SECRET", "for this test only, and long enough");
vi.stubEnv("LOG_LEVEL", "silent");

const REQUEST_ID = "a-request-of-this-test";
const MIB = 1024 * 1024;

const stranger = { requestId: REQUEST_ID, hasSession: async () => false };

const ask = (headers: Record<string, string>, url: string, method = "POST") =>
  refuseBody({ method, url, headers }, stranger);

const action = { "next-action": "00ff" };
const ofSize = (bytes: number) => ({ "content-length": String(bytes) });

test.each<[string, Record<string, string>, string, string]>([
  ["a page without a body", {}, "GET", "/numbers"],
  ["an empty body", ofSize(0), "POST", "/numbers"],
  ["a small action", { ...action, ...ofSize(MAX_FORM_BYTES) }, "POST", "/numbers?q=1"],
  ["a form of a sign-in", ofSize(300), "POST", "/api/auth/callback/credentials"],
  ["a form of an export", ofSize(300), "POST", "/audit/export?from=1"],
  ["a form of a selection", ofSize(3_000), "POST", "/numbers/selection"],
  ["a form of a review", ofSize(3_000), "POST", "/review/4711/items"],
  ["a large report, which the API measures", ofSize(60 * MIB), "POST", "/api/v1/reports"],
])("%s is let through", async (_name, headers, method, url) => {
  expect(await ask(headers, url, method)).toBeNull();
});

test.each([
  ["/api/v1/nowhere", { code: "NOT_FOUND" }],
  ["/ofrep/v1/evaluate/flags/a/b", { errorCode: "FLAG_NOT_FOUND" }],
])("a body to %s, where the API has nothing, is answered by the API", async (url, said) => {
  const answer = await ask(ofSize(10 * MIB), url);
  expect(answer?.status).toBe(404);
  expect(answer?.headers.get("x-request-id")).toBe(REQUEST_ID);
  expect(await answer?.json()).toMatchObject(said);
});

test.each<[string, Record<string, string>, string, string, number]>([
  ["a page with a body", ofSize(1), "GET", "/numbers", 400],
  ["a body to a page that is not an action's", ofSize(10 * MIB), "POST", "/sign-in", 400],
  ["one to an unknown page", ofSize(10 * MIB), "POST", "/nowhere", 400],
  ["one of unknown size", { "transfer-encoding": "chunked" }, "POST", "/numbers", 400],
  ["an action of unknown size", { ...action, "transfer-encoding": "chunked" }, "POST", "/", 400],
  ["an action by PUT", { ...action, ...ofSize(9) }, "PUT", "/numbers", 400],
  ["a stranger's large action", { ...action, ...ofSize(MAX_FORM_BYTES + 1) }, "POST", "/", 413],
  [
    "a stranger's large form",
    { "content-type": "Multipart/form-data; boundary=x", ...ofSize(10 * MIB) },
    "POST",
    "/sign-in",
    413,
  ],
  ["a large sign-in", ofSize(MAX_FORM_BYTES + 1), "POST", "/api/auth/callback/credentials", 413],
  ["a large export", ofSize(MAX_FORM_BYTES + 1), "POST", "/audit/export", 413],
  ["a large selection", ofSize(MAX_FORM_BYTES + 1), "POST", "/numbers/selection", 413],
  ["a body to a review itself", ofSize(9), "POST", "/review/4711", 400],
])("%s is refused in words, with the request's id", async (_name, headers, method, url, status) => {
  for (const accept of ["text/html,*/*", "text/x-component"]) {
    const answer = await ask({ ...headers, accept }, url, method);
    expect(answer?.status).toBe(status);
    const text = await answer?.text();
    expect(text).toContain(REQUEST_ID);
    expect(text).toMatch(/body/i);
  }
});

test("with a session an action may be as large as Next takes", async () => {
  const request = { requestId: REQUEST_ID, hasSession: async () => true };
  const send = (bytes: number, url = "/numbers") =>
    refuseBody({ method: "POST", url, headers: { ...action, ...ofSize(bytes) } }, request);
  expect(await send(MAX_ACTION_BYTES)).toBeNull();
  expect((await send(MAX_ACTION_BYTES + 1))?.status).toBe(413);
  expect((await send(MAX_FORM_BYTES + 1, "/api/auth/signout"))?.status).toBe(413);
});

/** A server that checks bodies first, and then keeps all that arrives, as Next does. */
async function aServer({ slowMs = 30_000 } = {}) {
  const kept: Buffer[] = [];
  const sockets = new Set<Socket>();
  const http: Server = createServer(async (request: IncomingMessage, response) => {
    const refusal = await refuseBody(request, stranger);
    if (refusal) return await answerAndHangUp(refusal, request, response);
    cutSlowBody(request, response, slowMs);
    request.on("data", (piece: Buffer) => kept.push(piece)).on("error", () => {});
    request.on("end", () => response.end("read"));
  });
  http.on("connection", (socket) => sockets.add(socket));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  onTestFinished(() => http.closeAllConnections());
  const { port } = http.address() as AddressInfo;
  return { port, sockets, keptBytes: () => Buffer.concat(kept).byteLength };
}

type Stranger = { socket: Socket; heard: () => string; closed: Promise<unknown> };

/** Sends a head, and then as much body as the server takes, until it stops. */
function aStranger(port: number, head: string, piece: Buffer): Stranger {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let heard = "";
  socket.on("data", (chunk: Buffer) => {
    heard += chunk.toString();
  });
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(`${head}\r\nHost: console.test\r\n\r\n`);
  const send = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  if (piece.byteLength > 0) socket.on("drain", send).once("connect", send);
  return { socket, heard: () => heard, closed };
}

test("a hundred strangers with ten megabytes each are refused and cut off, and nothing of it is buffered", async () => {
  const { port, sockets, keptBytes } = await aServer();
  const head = `POST /sign-in HTTP/1.1\r\nContent-Length: ${10 * MIB}`;
  const before = process.memoryUsage().external;
  const strangers = Array.from({ length: 100 }, () => aStranger(port, head, Buffer.alloc(0)));
  await Promise.all(strangers.map(({ closed }) => closed));
  for (const { heard } of strangers) {
    expect(heard()).toContain("400 Bad Request");
    expect(heard().toLowerCase()).toContain("connection: close");
    expect(heard()).toContain(REQUEST_ID);
  }
  expect([...sockets].every(({ destroyed }) => destroyed)).toBe(true);
  expect(keptBytes()).toBe(0);
  expect(process.memoryUsage().external - before).toBeLessThan(20 * MIB);
});

test("a client that goes on sending gets the answer, and is cut off, too", async () => {
  const { port, keptBytes } = await aServer();
  const head = "POST /sign-in HTTP/1.1\r\nTransfer-Encoding: chunked";
  const chunk = Buffer.from(`10000\r\n${"x".repeat(0x10000)}\r\n`);
  const { heard, closed } = aStranger(port, head, chunk);
  await closed;
  expect(heard()).toContain("400 Bad Request");
  expect(keptBytes()).toBe(0);
});

test("a client that sends a small body too slowly is cut off", async () => {
  const { port } = await aServer({ slowMs: 300 });
  const head = "POST /numbers HTTP/1.1\r\nNext-Action: 00ff\r\nContent-Length: 1000";
  const slow = aStranger(port, head, Buffer.alloc(0));
  const startedAt = performance.now();
  await Promise.race([slow.closed, sleep(20_000)]);
  expect(slow.socket.destroyed).toBe(true);
  expect(performance.now() - startedAt).toBeGreaterThan(250);
  expect(slow.heard()).toBe("");
});

test("a client that sends in time is answered", async () => {
  const { port, keptBytes } = await aServer();
  const head =
    "POST /numbers HTTP/1.1\r\nNext-Action: 00ff\r\nContent-Length: 5\r\nConnection: close";
  const { socket, heard, closed } = aStranger(port, head, Buffer.alloc(0));
  socket.write("12345");
  await closed;
  expect(heard()).toContain("200 OK");
  expect(keptBytes()).toBe(5);
});
