import type { IncomingMessage } from "node:http";
import words from "../../../messages/unreadable-request.en.json" with { type: "json" };
import type { AppError } from "../../errors.ts";
import { PROBLEMS, toProblemResponse } from "../api/problem.ts";
import { toPlainPage, toPlainPageHeaders } from "../pages/plain-page.ts";

/**
 * The answer to a request for a page that is refused before Next sees it: an HTML page for browsers, else
 * a problem.
 *
 * @param options.status overrides the status of the error's code
 */
export function toRefusedRequest(
  { headers }: Pick<IncomingMessage, "headers">,
  error: AppError,
  { requestId, status }: { requestId: string; status?: number },
): Response {
  if (headers.accept?.includes("text/html") !== true) {
    const context = { requestId, hasCredentials: false };
    return toProblemResponse(error, status === undefined ? context : { ...context, status });
  }
  const html = toPlainPage({
    title: words.title,
    paragraphs: [error.message, words.next.replace("{requestId}", requestId)],
  });
  return new Response(html, {
    status: status ?? PROBLEMS[error.code].status,
    headers: toPlainPageHeaders({ requestId }),
  });
}
