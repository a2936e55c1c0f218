import type { IncomingMessage } from "node:http";
import { areTablesFree } from "../../db/free-tables.ts";
import { flagFeed } from "../../flags/flag-feed.ts";
import { findRoute } from "../api/find-route.ts";
import { toOutageHeaders, toOutageHtml } from "./outage-html.ts";

/** Where a browser comes back to from the sign-in provider: with a code that can be used once, which must wait. */
const PROVIDER_ANSWERS = /^\/api\/auth\/callback\//;

/**
 * Answers a page's request while the database is out of reach, or a table is held: 503, in words. Before Next, whose
 * page waits for its query to fail, and whose error screen has no say in the status. A link that
 * is followed in an open page leads here, too: Next's router goes by the browser to what is not RSC.
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
