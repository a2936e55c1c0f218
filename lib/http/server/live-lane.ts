import type { IncomingMessage, ServerResponse } from "node:http";
import { getConfig } from "../../config.ts";
import { AppError } from "../../errors.ts";
import { type LiveHub, type LiveStart, type LiveStream, liveHub } from "../../live/live-hub.ts";
import { readTicket } from "../../live/live-ticket.ts";
import { countRequest } from "../../metrics/request-counts.ts";
import { toProblemResponse } from "../api/problem.ts";
import { toAppError } from "../api/to-app-error.ts";
import { REQUEST_ID_HEADER, toRequestId } from "../request/request-id.ts";
import { sendResponse } from "./node-adapter.ts";

/** Where open pages hear of changes, by server-sent events. */
export const LIVE_PATH = "/live";
/** The header of the ticket: in an address it would be logged. */
const TICKET_HEADER = "x-live-ticket";
/** A reader who is this far behind, or has taken nothing for this long, is cut. */
const MAX_BUFFERED_BYTES = 64 * 1024;
const MAX_STALLED_MS = 30_000;
const MAX_AGE_MS = 600_000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  // nginx buffers answers by default.
  "x-accel-buffering": "no",
};

/**
 * Answers a page's request for its live stream. Knows the session by the ticket, and needs no Next.
 *
 * @param closing ends the stream
 * @returns null when the request is for something else
 */
export function serveLive(
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> | null {
  const { method = "", url = "" } = request;
  const [path, query] = url.split("?", 2);
  if (path !== LIVE_PATH) return null;
  const searchParams = new URLSearchParams(query);
  return answer(request, response, { hub: liveHub(), closing, searchParams }).then(
    () => countRequest({ route: LIVE_PATH, method, status: 200 }),
    async (error: unknown) => {
      const refusal = toRefusal(error, request);
      countRequest({ route: LIVE_PATH, method, status: refusal.status });
      await sendResponse(refusal, response);
    },
  );
}

type How = { hub: LiveHub; closing: AbortSignal; searchParams: URLSearchParams };

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { hub, closing, searchParams }: How,
): Promise<void> {
  const sessionId = requireTicket(request);
  const age = Number(searchParams.get("age") ?? 0);
  const start: LiveStart = {
    lastEventId: toText(request.headers["last-event-id"]) || null,
    ageMs: age > 0 && age < MAX_AGE_MS ? age : MAX_AGE_MS,
  };
  const leave = await hub.open(sessionId, toStream(response), start);
  // A signal of its own: Node warns of many listeners on one.
  const ending = AbortSignal.any([closing]);
  const end = () => response.end();
  const forget = () => {
    leave();
    ending.removeEventListener("abort", end);
  };
  ending.addEventListener("abort", end);
  if (ending.aborted) end();
  if (response.closed) forget();
  else response.once("close", forget);
}

class MethodRefused extends AppError {}

/** @throws AppError for a request of another site's page, and for one without a valid ticket */
function requireTicket({ method, headers }: IncomingMessage): string {
  if (method !== "GET") throw new MethodRefused("INVALID_INPUT", "Only GET is taken here.");
  const { origin: ownOrigin } = new URL(getConfig().nextAuthUrl);
  const { origin = ownOrigin, "sec-fetch-site": site = "same-origin" } = headers;
  if (origin !== ownOrigin || site !== "same-origin") {
    throw new AppError("FORBIDDEN", "Only the console's own pages are live here.");
  }
  const sessionId = readTicket(toText(headers[TICKET_HEADER]), ownOrigin);
  if (sessionId === null) {
    throw new AppError("UNAUTHENTICATED", "This takes a new ticket. Load the page again.");
  }
  return sessionId;
}

/** Writes at once, and cuts a reader who does not keep up: nothing is kept for them. */
function toStream(response: ServerResponse): LiveStream {
  let stalledAt: number | null = null;
  return {
    write: (text) => {
      if (response.writableEnded || response.destroyed) return;
      if (!response.headersSent) response.writeHead(200, HEADERS);
      const isStalled = response.writableLength > 0;
      stalledAt = isStalled ? (stalledAt ?? performance.now()) : null;
      const stalledMs = performance.now() - (stalledAt ?? performance.now());
      const buffered = response.writableLength + text.length;
      if (stalledMs > MAX_STALLED_MS || buffered > MAX_BUFFERED_BYTES) response.destroy();
      else response.write(text);
    },
    end: () => response.end(),
  };
}

function toRefusal(error: unknown, { headers }: IncomingMessage): Response {
  const requestId = toRequestId(headers[REQUEST_ID_HEADER]);
  const isMethod = error instanceof MethodRefused;
  const context = { requestId, hasCredentials: false, ...(isMethod ? { status: 405 } : {}) };
  const refusal = toProblemResponse(toAppError(error, requestId), context);
  if (isMethod) refusal.headers.set("allow", "GET");
  refusal.headers.set("cache-control", "no-store");
  refusal.headers.delete("www-authenticate");
  return refusal;
}

const toText = (header: string | string[] | undefined) => String(header ?? "");
