import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import texts from "../../../messages/failed-page.en.json" with { type: "json" };
import unreadable from "../../../messages/unreadable-request.en.json" with { type: "json" };
import { logUnexpected } from "../api/to-app-error.ts";
import { toOutageHeaders, toOutageHtml } from "./outage-html.ts";
import { toPlainPage, toPlainPageHeaders } from "./plain-page.ts";
import { takeUnavailablePage } from "./unavailable-pages.ts";
import { takeUnreadable } from "./unreadable-requests.ts";

/** Headers about the body that Next would have sent; those about access and caching stay. */
const BODY_HEADERS = ["content-encoding", "content-length", "etag", "link"];

type WriteHead = (status: number, ...given: unknown[]) => ServerResponse;

/**
 * Replaces a page that failed for good by one in words. Next's own is rendered by scripts in the browser
 * from an empty body: blank without them. The error itself is logged under the request's id
 * (instrumentation.ts).
 *
 * Takes effect when Next is about to send the head of an HTML answer of status 500 or more, and drops
 * what Next writes from then on. The status becomes 400 for a request that could not be read, and 503 for
 * a database that did not answer in time, as while a migration locks a table.
 */
export function replaceFailedPage(
  { method }: Pick<IncomingMessage, "method">,
  response: ServerResponse,
  requestId: string,
): void {
  const writeHead = response.writeHead.bind(response) as WriteHead;
  const end = response.end.bind(response);
  const replace: WriteHead = (status, ...given) => {
    const isUnreadable = takeUnreadable(requestId) && status >= 500;
    const isUnavailable = takeUnavailablePage(requestId) && status >= 500;
    if (!isUnreadable && !isFailedPage(response, status, given)) return writeHead(status, ...given);
    for (const name of BODY_HEADERS) response.removeHeader(name);
    Object.assign(response, { writeHead: () => response, write: () => true, end: () => response });
    const sendPage = (status: number, headers: OutgoingHttpHeaders, html: string) => {
      writeHead(status, headers);
      return end(method === "HEAD" ? "" : html);
    };
    if (isUnavailable) return sendPage(503, toOutageHeaders(requestId), toOutageHtml(requestId));
    const headers = toPlainPageHeaders({ requestId });
    if (isUnreadable) return sendPage(400, headers, toUnreadableHtml(requestId));
    return sendPage(status, headers, toHtml(requestId));
  };
  Object.assign(response, { writeHead: replace });
}

/** Answers a request that failed before Next got it, and logs the error under the request's id. */
export function answerFailure(error: unknown, response: ServerResponse, requestId: string): void {
  logUnexpected(error, { requestId });
  if (response.headersSent) return void response.destroy();
  response.writeHead(500, toPlainPageHeaders({ requestId }));
  response.end(toHtml(requestId));
}

function isFailedPage(response: ServerResponse, status: number, given: unknown[]): boolean {
  if (status < 500) return false;
  const headers = given.at(-1) as OutgoingHttpHeaders | undefined;
  const type = headers?.["content-type"] ?? response.getHeader("content-type");
  return String(type).startsWith("text/html");
}

/** The request's id is our own or was checked: letters, digits and a few signs. */
function toHtml(requestId: string): string {
  return toPlainPage({
    title: texts.title,
    paragraphs: [
      texts.what,
      texts.next.replace("{requestId}", requestId),
      `<a href="">${texts.again}</a>`,
      `<a href="/numbers">${texts.home}</a>`,
    ],
  });
}

function toUnreadableHtml(requestId: string): string {
  return toPlainPage({
    title: unreadable.title,
    paragraphs: [
      unreadable.what,
      unreadable.next.replace("{requestId}", requestId),
      `<a href="/numbers">${unreadable.home}</a>`,
    ],
  });
}
