import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A client that is still sending does not read the answer yet, and would lose it if the connection were
 * cut.
 */
const LINGER_MS = 1_000;
/** The bodies that pages take are small, and need less even on the slowest usable networks. */
const MAX_BODY_MS = 30_000;

/**
 * Answers a request whose body is not wanted, and closes its connection. Discards what still arrives, for
 * a second.
 */
export async function answerAndHangUp(
  answer: Response,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  const headers = { ...Object.fromEntries(answer.headers), "content-length": body.byteLength };
  response.writeHead(answer.status, { ...headers, connection: "close" });
  response.write(body);
  request.resume();
  const isOver = new AbortController();
  request.once("end", () => isOver.abort()).once("close", () => isOver.abort());
  if (!request.complete) await sleep(LINGER_MS, undefined, isOver).catch(() => {});
  response.end();
  // Node would go on reading a body that does not end.
  if (!request.complete) response.once("finish", () => request.socket.destroy());
}

/** Cuts the connection of a client that has not sent the whole body in time. */
export function cutSlowBody(
  request: IncomingMessage,
  response: ServerResponse,
  mostMs = MAX_BODY_MS,
): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, mostMs);
  response.once("close", () => clearTimeout(timer));
}
