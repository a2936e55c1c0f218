import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import { refusals } from "#lib/access/refusal-log.ts";
import { startAuditJobs } from "#lib/audit/jobs/audit-jobs.ts";
import { flagFeed, stopFlagFeed } from "#lib/flags/feed.ts";
import { countUnrouted } from "#lib/http/count-unrouted.ts";
import { replaceFailedPage } from "#lib/http/failed-page.ts";
import { serveFastLane, servePlainPoll } from "#lib/http/fast-lane.ts";
import { sendResponse } from "#lib/http/node-adapter.ts";
import { answerDuringOutage } from "#lib/http/outage-page.ts";
import { refuseUnroutable } from "#lib/http/refuse-unroutable.ts";
import { identify, REQUEST_ID_HEADER } from "#lib/http/request-id.ts";
import { startRetention } from "#lib/runtimes/retention.ts";

const DRAIN_MS = 5_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type RunningServer = { url: string; close: () => Promise<void> };

/** Starts the console's HTTP server. `port` 0 takes any free one; `close` lets open requests finish for 5 s. */
export async function startServer(options: {
  host: string;
  port: number;
  dev: boolean;
}): Promise<RunningServer> {
  const { host, port, dev } = options;
  const http = createServer();
  const prepared = Promise.withResolvers<Handler>();
  prepared.promise.catch(() => undefined);
  const closing = new AbortController();
  flagFeed();
  const handToNext = async (
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ) => {
    const outage = await answerDuringOutage(request, requestId);
    if (outage) return await sendResponse(outage, response);
    // Who asks while Next prepares waits for it.
    const handle = await prepared.promise;
    if (!dev) replaceFailedPage(request, response, requestId);
    await handle(request, response);
  };
  http.on("request", (request, response) => {
    if (servePlainPoll(request, response)) return;
    const requestId = identify(request);
    response.setHeader(REQUEST_ID_HEADER, requestId);
    const { method = "", url: target = "" } = request;
    const refusal = refuseUnroutable({ method, target }, requestId);
    countUnrouted(request, response, { isRefused: refusal !== null });
    const answered = refusal
      ? sendResponse(refusal, response)
      : serveFastLane(request, response, closing.signal);
    const handled = answered ?? handToNext(request, response, requestId);
    handled.catch(() => response.destroy());
  });
  http.listen(port, host);
  await once(http, "listening");
  const bound = (http.address() as AddressInfo).port;

  const app = next({
    dev,
    hostname: host,
    port: bound,
    httpServer: http,
    dir: import.meta.dirname,
  });
  try {
    await app.prepare();
    prepared.resolve(app.getRequestHandler());
  } catch (error) {
    prepared.reject(error);
    await drain(http);
    throw error;
  }
  const stopRetention = startRetention();
  const stopAuditJobs = startAuditJobs();
  const close = async () => {
    closing.abort();
    await Promise.all([drain(http), stopRetention(), stopAuditJobs()]);
    await app.close();
    await refusals().flush();
    await stopFlagFeed();
  };
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, close };
}

async function drain(http: Server): Promise<void> {
  if (!http.listening) return;
  const closed = once(http, "close");
  http.close();
  http.closeIdleConnections();
  const patience = new AbortController();
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { signal: patience.signal })]);
  patience.abort();
  http.closeAllConnections();
}
