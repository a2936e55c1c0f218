import { isUnavailable } from "../../db/is-unavailable.ts";
import { logger } from "../../logger.ts";
import { logUnexpected } from "../api/to-app-error.ts";
import { REQUEST_ID_HEADER, toRequestId } from "../request/request-id.ts";
import { noticeUnavailablePage } from "./unavailable-pages.ts";
import { isUnreadable, noticeUnreadable } from "./unreadable-requests.ts";

const MAX_CAUSE = 200;

/**
 * Logs an error of Next's while it answered, with the digest that the page shows in its place. A request
 * that could not be read is the client's mistake, and a database outage is not our bug: these are one
 * line, without a stack.
 */
export function logFailedRequest(
  error: unknown,
  request: { path: string; method: string; headers: NodeJS.Dict<string | string[]> },
  { isAction = false } = {},
): void {
  const { method, path, headers } = request;
  const requestId = toRequestId(headers[REQUEST_ID_HEADER]);
  // Without the query, which may be a search for a person.
  const asked = `${method} ${path.split("?", 1)[0]}`;
  if (isUnreadable(error, { isAction })) {
    noticeUnreadable(requestId);
    const cause = error instanceof Error ? error.message.slice(0, MAX_CAUSE) : "";
    logger().warn({ requestId, asked, cause }, "A request could not be read.");
    return;
  }
  if (isUnavailable(error)) {
    noticeUnavailablePage(requestId);
    logger().warn({ requestId, asked }, "A page could not be made: the database did not answer.");
    return;
  }
  const hasDigest = typeof error === "object" && error !== null && "digest" in error;
  logUnexpected(error, {
    requestId,
    asked,
    ...(hasDigest ? { digest: String(error.digest) } : {}),
  });
}
