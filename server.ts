import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { refusals } from "#lib/access/refusal-log.ts";
import { startAuditJobs } from "#lib/audit/jobs/audit-jobs.ts";
import { getConfig } from "#lib/config.ts";
import { flagFeed, stopFlagFeed } from "#lib/flags/flag-feed.ts";
import { findRoute } from "#lib/http/api/find-route.ts";
import { answerFailure, replaceFailedPage } from "#lib/http/pages/failed-page.ts";
import { logOutputOf } from "#lib/http/pages/framework-output.ts";
import { answerDuringOutage } from "#lib/http/pages/outage-page.ts";
import { keepOwnCookies } from "#lib/http/pages/own-cookies.ts";
import { answerUnavailable } from "#lib/http/pages/unavailable-actions.ts";
import { stripSteeringHeaders } from "#lib/http/request/client-headers.ts";
import { REQUEST_ID_HEADER, setRequestHeaders } from "#lib/http/request/request-id.ts";
import { forgetNotes } from "#lib/http/request/request-notes.ts";
import { toPathTarget } from "#lib/http/request/request-target.ts";
import { Closing } from "#lib/http/server/closing.ts";
import { countUnrouted } from "#lib/http/server/count-unrouted.ts";
import { createHttpServer } from "#lib/http/server/create-http-server.ts";
import { serveFastLane, servePlainPoll } from "#lib/http/server/fast-lane.ts";
import { answerAndHangUp, cutSlowBody } from "#lib/http/server/hang-up.ts";
import { sendResponse } from "#lib/http/server/node-adapter.ts";
import { hasBody, refuseBody } from "#lib/http/server/page-body.ts";
import { refuseUnroutable } from "#lib/http/server/refuse-unroutable.ts";
import { startNotices } from "#lib/notices/start-notices.ts";
import { startExpiry } from "#lib/requests/start-expiry.ts";
import { startRetention } from "#lib/retention/start-retention.ts";
import { startScheduleRunner } from "#lib/schedules/schedule-runner.ts";
import { startWebhooks } from "#lib/webhooks/webhook-jobs.ts";
import { hasSessionCookie } from "./app/has-session-cookie.ts";

const DRAIN_MS = 2_500;
/**
 * The origin at which Next calls this server, to forward an action to another page's bundle. Unset, Next takes
 * the scheme from X-Forwarded-Proto, and behind a proxy with TLS the action is lost silently.
 */
const OWN_ORIGIN = "__NEXT_PRIVATE_ORIGIN";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type RunningServer = { url: string; close: () => Promise<void> };

const toPathname = ({ url = "/" }: IncomingMessage) => url.split("?", 1).join("");

/**
 * Starts the console's HTTP server. `port` 0 takes any free one; `close` lets open requests
 * finish for 2.5 s. Rejects, with nothing left open, when it cannot listen or Next cannot be prepared.
 */
export async function startServer(options: {
  host: string;
  port: number;
  dev: boolean;
}): Promise<RunningServer> {
  const { host, port, dev } = options;
  const http = createHttpServer({ isDevelopment: dev });
  const prepared = Promise.withResolvers<Handler>();
  prepared.promise.catch(() => undefined);
  const closing = new Closing();
  flagFeed();
  const handToNext = async (
    request: IncomingMessage,
    response: ServerResponse,
    { requestId, isOwn }: { requestId: string; isOwn: boolean },
  ) => {
    // Next's requests to itself were checked when they first came in, and have lost their Content-Length.
    if (!isOwn && !dev && hasBody(request)) {
      const { nextAuthUrl: ownUrl, nextAuthSecret: secret } = getConfig();
      const hasSession = () => hasSessionCookie(request.headers.cookie, { ownUrl, secret });
      const refusal = await refuseBody(request, { requestId, hasSession });
      if (refusal) return await answerAndHangUp(refusal, request, response);
      if (findRoute(toPathname(request)) === null) cutSlowBody(request, response);
    }
    const outage = await answerDuringOutage(request, requestId);
    if (outage) return await sendResponse(outage, response);
    // Requests that arrive while Next is preparing wait for it.
    const handle = await prepared.promise;
    if (dev) return await handle(request, response);
    // Before replaceFailedPage: an "unavailable" answer has its own text and is not a failed page.
    answerUnavailable(response, requestId);
    replaceFailedPage(request, response, requestId);
    response.once("close", () => forgetNotes(requestId));
    // Without the query string, which may be a search for a person.
    const asked = `${request.method} ${toPathname(request)}`;
    await logOutputOf({ requestId, asked }, () => handle(request, response));
  };
  http.on("request", (request, response) => {
    if (!closing.signal.aborted && servePlainPoll(request, response)) return;
    closing.track(response);
    toPathTarget(request);
    const isOwn = stripSteeringHeaders(request, { isDevelopment: dev });
    keepOwnCookies(request, { ownUrl: getConfig().nextAuthUrl, isDevelopment: dev });
    const requestId = setRequestHeaders(request, { isOwn });
    response.setHeader(REQUEST_ID_HEADER, requestId);
    const refusal = refuseUnroutable(request, requestId);
    countUnrouted(request, response, { isRefused: refusal !== null });
    const answered = refusal
      ? sendRefusal(refusal, request, response)
      : serveFastLane(request, response, closing.signal);
    const handled = answered ?? handToNext(request, response, { requestId, isOwn });
    handled.catch((error: unknown) => answerFailure(error, response, requestId));
  });
  const listen = async () => {
    http.listen(port, host);
    await once(http, "listening");
    const { port: bound } = http.address() as AddressInfo;
    process.env[OWN_ORIGIN] = toOwnOrigin(host, bound);
    const dir = import.meta.dirname;
    const app = next({ dev, hostname: host, port: bound, httpServer: http, dir });
    await app.prepare();
    prepared.resolve(app.getRequestHandler());
    return { app, bound };
  };
  const { app, bound } = await listen().catch(async (error: unknown) => {
    prepared.reject(error);
    await closing.close(http, { drainMs: 0 });
    await stopFlagFeed();
    throw error;
  });
  const jobs = [
    startRetention(),
    startAuditJobs(),
    startScheduleRunner(),
    startNotices(),
    startExpiry(),
    startWebhooks(),
  ];
  const close = async () => {
    const closed = closing.close(http, { drainMs: DRAIN_MS });
    await Promise.all([closed, ...jobs.map((stop) => stop())]);
    await app.close();
    await refusals().flush();
    await stopFlagFeed();
  };
  return { url: toUrl(host, bound), close };
}

/** Sends a refusal without reading the request's body. */
function sendRefusal(refusal: Response, request: IncomingMessage, response: ServerResponse) {
  if (hasBody(request)) return answerAndHangUp(refusal, request, response);
  return sendResponse(refusal, response);
}

function toUrl(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** The loopback's origin when the server listens on every address. */
function toOwnOrigin(host: string, port: number): string {
  if (host === "0.0.0.0") return toUrl("127.0.0.1", port);
  return toUrl(host === "::" ? "::1" : host, port);
}
