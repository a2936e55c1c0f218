import type { IncomingMessage } from "node:http";
import { AppError } from "../../errors.ts";
import { logger } from "../../logger.ts";
import { findApi, findRoute } from "../api/find-route.ts";
import { toOfrepFailure } from "../api/ofrep/failure.ts";
import type { RouteContext } from "../api/operation.ts";
import { toProblemResponse } from "../api/problem.ts";
import { type Route, refuseMethod } from "../api/route.ts";
import { findRequestFault, type RequestFault } from "../request/find-request-fault.ts";
import { REQUEST_ID_HEADER } from "../request/request-id.ts";
import { toRefusedRequest } from "./refused-request.ts";

/** The methods that Next passes to a route file; it answers any other itself, and not as we do. */
const ROUTE_METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** The methods of pages and their actions: Next would show the page for any other. */
const PAGE_METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

type Asked = Pick<IncomingMessage, "method" | "url" | "headers" | "httpVersion">;

/**
 * Answers requests that neither a route nor a page can take: a target that is not a path (`*`) or cannot
 * be decoded, thousands of query parameters, a header of many kilobytes, or a method unknown there
 * (TRACE, PROPFIND).
 *
 * @returns null for everything else
 */
export function refuseUnroutable(request: Asked, requestId: string): Response | null {
  const { method = "", url = "/" } = request;
  const pathname = url.split("?", 1).join("");
  const fault = findRequestFault(request);
  const place = findPlace(pathname);
  const refusal = fault ? toRefusal(fault, { request, place, requestId }) : null;
  const answer = refusal ?? refuseOddMethod(request, { place, requestId });
  if (answer === null) return null;
  answer.headers.set(REQUEST_ID_HEADER, requestId);
  answer.headers.set("cache-control", "no-store");
  const said = fault?.error.message ?? `${method} is not taken here.`;
  const asked = `${method} ${pathname.slice(0, 200)}`;
  logger().info({ requestId, asked, said }, "Request refused.");
  return answer;
}

type Place = Pick<Route, "operations" | "toErrorResponse"> & RouteContext;

/** The route of a path, or the error format of the paths around it; null for pages. */
function findPlace(pathname: string): Place | null {
  const match = findRoute(pathname);
  if (match) return { ...match.route, params: match.params };
  const nowhere = { operations: {}, params: {} };
  // `OPTIONS *` asks about the server as a whole, and there is nothing to say about that.
  if (!pathname.startsWith("/")) return { ...nowhere, toErrorResponse: toProblemResponse };
  const api = findApi(pathname);
  if (api === null) return null;
  return { ...nowhere, toErrorResponse: api === "ofrep" ? toOfrepFailure : toProblemResponse };
}

type Where = { place: Place | null; requestId: string };

function toRefusal(
  { error, status }: RequestFault,
  { request, place, requestId }: Where & { request: Asked },
): Response {
  const context = { requestId, ...(status === undefined ? {} : { status }) };
  if (!place) return toRefusedRequest(request, error, context);
  return place.toErrorResponse(error, { ...place, ...context, hasCredentials: false });
}

function refuseOddMethod(request: Asked, { place, requestId }: Where): Response | null {
  const { method = "" } = request;
  if (place)
    return ROUTE_METHODS.has(method) ? null : refuseMethod(method, { ...place, requestId });
  if (PAGE_METHODS.has(method)) return null;
  const allow = [...PAGE_METHODS].join(", ");
  const error = new AppError("INVALID_INPUT", `${method} is not taken here. Use ${allow}.`);
  const answer = toRefusedRequest(request, error, { requestId, status: 405 });
  answer.headers.set("allow", allow);
  return answer;
}
