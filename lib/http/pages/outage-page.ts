import type { IncomingMessage } from "node:http";
import { areTablesFree } from "../../db/free-tables.ts";
import { flagFeed } from "../../flags/flag-feed.ts";
import { findRoute } from "../api/find-route.ts";
import { toOutageHeaders, toOutageHtml } from "./outage-html.ts";

/** Where the sign-in provider sends a browser back, with a one-time code that must not be lost. */
const PROVIDER_ANSWERS = /^\/api\/auth\/callback\//;

/**
 * Answers a page's request with 503, in words, while the database is out of reach or a table is locked.
 * Runs before Next, whose page would wait for its query to fail, and whose error screen cannot set the
 * status. Also answers links in an open page: Next's router loads what is not RSC as a document.
 *
 * @returns null when the database is in reach, or the request is not for a page
 */
export async function answerDuringOutage(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  requestId: string,
): Promise<Response | null> {
  if (!isForPage(request)) return null;
  if ((await flagFeed().isInReach()) && (await areTablesFree())) return null;
  const body = request.method === "HEAD" ? null : toOutageHtml(requestId);
  return new Response(body, { status: 503, headers: toOutageHeaders(requestId) });
}

function isForPage({ method = "", url = "/", headers }: Parameters<typeof answerDuringOutage>[0]) {
  const [path = "/"] = url.split("?", 1);
  return (
    ["GET", "HEAD"].includes(method) &&
    (headers.rsc !== undefined || headers.accept?.includes("text/html") === true) &&
    !/^\/(?:_next|api)\//.test(path.replace(PROVIDER_ANSWERS, "/")) &&
    findRoute(path) === null
  );
}
