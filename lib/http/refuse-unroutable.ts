import { AppError } from "../errors.ts";
import { findRoute } from "./find-route.ts";
import { toOfrepFailure } from "./ofrep/failure.ts";
import type { RouteContext } from "./operation.ts";
import { toProblemResponse } from "./problem.ts";
import { REQUEST_ID_HEADER } from "./request-id.ts";
import { type Route, refuseMethod } from "./route.ts";

/** The methods that Next hands to a route file; it answers any other by itself, and not as we do. */
const ROUTABLE = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Answers what cannot be handed to a route: a target that is no path (`*`), a path of the API that
 * cannot be decoded, or a method that has no name there (TRACE, PROPFIND).
 *
 * @param target the request's target as it stands in its first line
 * @returns null for everything that can be routed
 */
export function refuseUnroutable(
  { method, target }: { method: string; target: string },
  requestId: string,
): Response | null {
  const pathname = target.split("?", 1).join("");
  const place = findPlace(pathname);
  if (!place) return null;
  const refusal = toRefusal({ method, pathname }, { ...place, requestId });
  refusal?.headers.set(REQUEST_ID_HEADER, requestId);
  refusal?.headers.set("cache-control", "no-store");
  return refusal;
}

type Place = Pick<Route, "operations" | "toErrorResponse"> & RouteContext;

/** The route's own form of errors, or that of the paths around it. */
function findPlace(pathname: string): Place | null {
  const found = findRoute(pathname);
  if (found) return { ...found.route, params: found.params };
  const nowhere = { operations: {}, params: {} };
  // `OPTIONS *` asks of the server as such, about which there is nothing to say.
  if (!pathname.startsWith("/")) return { ...nowhere, toErrorResponse: toProblemResponse };
  if (pathname.startsWith("/api/v1/")) return { ...nowhere, toErrorResponse: toProblemResponse };
  if (pathname.startsWith("/ofrep/")) return { ...nowhere, toErrorResponse: toOfrepFailure };
  return null;
}

function toRefusal(
  { method, pathname }: { method: string; pathname: string },
  place: Place & { requestId: string },
): Response | null {
  if (!pathname.startsWith("/")) {
    const error = new AppError(
      "INVALID_INPUT",
      "The request names no path. Ask for one, such as /.",
    );
    return place.toErrorResponse(error, { ...place, hasCredentials: false });
  }
  if (!isDecodable(pathname)) {
    const message = "The path is not valid: a % in it is not followed by what it must be.";
    const error = new AppError("INVALID_INPUT", message);
    return place.toErrorResponse(error, { ...place, hasCredentials: false });
  }
  return ROUTABLE.has(method) ? null : refuseMethod(method, place);
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
