import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Origin } from "../../access/actor.ts";
import { can } from "../../access/authorize.ts";
import { flagFeed } from "../../flags/flag-feed.ts";
import { countRequest } from "../../metrics/request-counts.ts";
import { tokenMemory } from "../../tokens/token-memory.ts";
import { toTokenSecret } from "../../tokens/token-secret.ts";
import { findRoute } from "../api/find-route.ts";
import { answerPoll, type PollAnswer } from "../api/flags/poll-answer.ts";
import { auditExportRoute } from "../api/routes/audit-export-route.ts";
import { flagRoute } from "../api/routes/flag-route.ts";
import { flagsRoute } from "../api/routes/flags-route.ts";
import { flagsStreamRoute } from "../api/routes/flags-stream-route.ts";
import { metricsRoute } from "../api/routes/metrics-route.ts";
import { ofrepFlagRoute } from "../api/routes/ofrep-flag-route.ts";
import { ofrepFlagsRoute } from "../api/routes/ofrep-flags-route.ts";
import { healthRoute, readyRoute } from "../api/routes/probe-routes.ts";
import { readBearer } from "../request/authenticate-request.ts";
import { toConnectionOrigin } from "../request/origin.ts";
import { REQUEST_ID_HEADER, toRequestId } from "../request/request-id.ts";
import { serveLive } from "./live-lane.ts";
import { sendResponse, toRequest } from "./node-adapter.ts";

/**
 * The routes that programs poll, and the export, which is long. They are answered before Next sees them,
 * by the same handlers, as fast as the client reads.
 */
const FAST_LANE = new Set([
  flagsRoute,
  flagRoute,
  flagsStreamRoute,
  ofrepFlagRoute,
  ofrepFlagsRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
  auditExportRoute,
]);

/**
 * Answers a request to one of the routes that bypass Next, and the live stream of pages.
 *
 * @param closing ends streams and held polls
 * @returns null when the request is for another route
 */
export function serveFastLane(
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> | null {
  const live = serveLive(request, response, closing);
  if (live) return live;
  const match = findRoute((request.url ?? "/").split("?", 1)[0] ?? "");
  if (!match || !FAST_LANE.has(match.route)) return null;
  return match.route
    .handle(toRequest(request, response, closing), { params: match.params })
    .then((answer) => sendResponse(answer, response));
}

/**
 * Answers the plain poll, nearly all traffic, without a framework's objects: the same answer as the
 * route's, several times faster. Leaves the rest to the route: a token that is unknown, wrong or ended, a
 * preference, or a client ahead of us.
 *
 * @returns whether it was answered
 */
export function servePlainPoll(request: IncomingMessage, response: ServerResponse): boolean {
  const { url, method, headers } = request;
  if (url !== flagsRoute.path || method !== "GET" || headers.prefer !== undefined) return false;
  if (headers.host === undefined) return false;
  const feed = flagFeed();
  const { timeline } = feed;
  if (!timeline || !mayReadFlags(request)) return false;
  const ifNoneMatch = headers["if-none-match"] ?? null;
  if (isAhead(ifNoneMatch, timeline.revision)) return false;
  const acceptEncoding = String(headers["accept-encoding"] ?? "");
  const answer = answerPoll({ feed, timeline }, { ifNoneMatch, acceptEncoding });
  const requestId = toRequestId(headers[REQUEST_ID_HEADER]);
  if (answer instanceof Promise) void answer.then((made) => send(made, response, requestId));
  else send(answer, response, requestId);
  return true;
}

function send({ status, headers, body }: PollAnswer, response: ServerResponse, requestId: string) {
  countRequest({ route: flagsRoute.path, method: "GET", status });
  // All at once: setting a header beforehand would cost as much as the rest of the answer.
  response.writeHead(status, [...headers, REQUEST_ID_HEADER, requestId]);
  response.end(body);
}

function mayReadFlags(request: IncomingMessage): boolean {
  const caller = toCaller(request);
  if (caller === null) return false;
  try {
    const actor = tokenMemory().findByHash(caller.hash, caller.origin);
    return actor !== null && can(actor, "flag:read");
  } catch {
    return false;
  }
}

type Caller = { authorization: string; hash: string; origin: Origin };

const callers = new WeakMap<Socket, Caller>();

/**
 * Cached per connection, which usually sends the same token again: hashing is a twentieth of a poll. The
 * origin says where the token is used from; a poll itself is not recorded.
 */
function toCaller({ socket, headers }: IncomingMessage): Caller | null {
  const { authorization = "" } = headers;
  const cached = callers.get(socket);
  if (cached?.authorization === authorization) return cached;
  const token = readBearer(authorization);
  if (token === null) return null;
  const origin = toConnectionOrigin({ socket, headers });
  const caller = { authorization, hash: toTokenSecret(token).hash, origin };
  callers.set(socket, caller);
  return caller;
}

function isAhead(ifNoneMatch: string | null, revision: number): boolean {
  if (ifNoneMatch === null) return false;
  const heldRevision = /^(?:W\/)?"([0-9]+)\./.exec(ifNoneMatch)?.[1];
  return heldRevision !== undefined && Number(heldRevision) > revision;
}
