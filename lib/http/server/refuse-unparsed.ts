import { randomUUID } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { AppError, type ErrorCode } from "../../errors.ts";
import { logger } from "../../logger.ts";
import { toProblem } from "../api/problem.ts";
import { REQUEST_ID_HEADER } from "../request/request-id.ts";

const LINGER_MS = 1_000;

type Fault = { code: ErrorCode; status: number; message: string };
type Headers = Readonly<Record<string, string>>;

/** The errors of node:http that are not simply a 400. */
const FAULTS: Readonly<Record<string, Fault>> = {
  HPE_HEADER_OVERFLOW: tooLarge(431, "The request's headers are too large."),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: tooLarge(413, "The extensions of a chunk are too large."),
  ERR_HTTP_REQUEST_TIMEOUT: invalid(408, "The request did not come whole in time."),
};
const NO_HTTP = invalid(400, "This is not a valid HTTP/1.1 request.");
const CONNECT = invalid(405, "CONNECT is not taken here: this is no proxy.");
const EXPECTATION = invalid(417, "The only expectation that is met is 100-continue.");

/**
 * Answers requests that node:http cannot parse in words, with an id and a line in the log. By itself
 * node:http sends a bare status, or nothing.
 */
export function refuseUnparsed(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  const refused = new WeakSet<Duplex>();
  server.on("request", ({ socket }, response) => answers.set(socket, response));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // What still arrives is not HTTP either.
    if (refused.has(socket)) return;
    refused.add(socket);
    const answer = answers.get(socket);
    const isAnswering = answer?.headersSent === true && !answer.writableFinished;
    if (!socket.writable || isAnswering || error.code === "ECONNRESET") socket.destroy();
    else endWith(FAULTS[error.code ?? ""] ?? NO_HTTP, socket);
  });
  server.on("connect", (_: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => socket.destroy());
    endWith(CONNECT, socket, { allow: "GET, HEAD, POST, PUT, OPTIONS" });
  });
  server.on("checkExpectation", (_: IncomingMessage, response: ServerResponse) => {
    const { headers, body } = toAnswer(EXPECTATION);
    response.writeHead(EXPECTATION.status, headers).end(body);
  });
}

function toAnswer({ code, status, message }: Fault): { headers: Headers; body: string } {
  const requestId = randomUUID();
  logger().info({ requestId, said: message }, "Request refused.");
  const context = { requestId, hasCredentials: false, status };
  const body = JSON.stringify(toProblem(new AppError(code, message), context));
  const headers = {
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    connection: "close",
    [REQUEST_ID_HEADER]: requestId,
  };
  return { headers, body };
}

function endWith(fault: Fault, socket: Duplex, more: Headers = {}): void {
  const { headers, body } = toAnswer(fault);
  const lines = Object.entries({ ...headers, ...more }).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`, ...lines];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  // A client that is still sending would lose the answer if the connection were cut at once.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function invalid(status: number, message: string): Fault {
  return { code: "INVALID_INPUT", status, message };
}

function tooLarge(status: number, message: string): Fault {
  return { code: "PAYLOAD_TOO_LARGE", status, message };
}
