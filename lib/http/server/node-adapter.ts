import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** Methods that may have a body; the body of others is ignored. */
const METHODS_WITH_BODY = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * Turns Node's request into a web Request, which aborts when the client leaves before the answer is sent.
 *
 * @param closing aborts it too, when the server begins to close
 */
export function toRequest(
  message: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Request {
  const { method = "GET", url = "/", headers } = message;
  const leaving = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) leaving.abort();
  });
  const flat = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name.startsWith(":") ? [] : [[name, String(value)] as [string, string]],
  );
  const signal = AbortSignal.any([leaving.signal, closing]);
  const init: RequestInit & { duplex?: "half" } = { method, headers: flat, signal };
  if (METHODS_WITH_BODY.has(method)) {
    init.body = Readable.toWeb(message) as ReadableStream<Uint8Array>;
    init.duplex = "half";
  }
  return new Request(new URL(url, "http://console.invalid"), init);
}

/** Sends a web Response over Node's. A slow client slows the body down, so memory use stays constant. */
export async function sendResponse(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (!answer.body) {
    response.end();
    return;
  }
  response.flushHeaders();
  // Read directly: a Node stream in between doubles the cost of an event.
  const reader = answer.body.getReader();
  response.once("close", () => void reader.cancel().catch(() => {}));
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (response.destroyed) return;
    if (!response.write(read.value)) await untilRoom(response);
  }
  response.end();
}

/** Resolves when the client has taken what was written, or left. */
async function untilRoom(response: ServerResponse): Promise<void> {
  if (response.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once("drain", resolve).once("close", resolve);
  await promise;
  response.off("drain", resolve).off("close", resolve);
}
