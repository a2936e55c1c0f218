import { AppError } from "../errors.ts";
import { findRoute } from "./find-route.ts";
import { toProblemResponse } from "./problem.ts";
import { REQUEST_ID_HEADER } from "./request-id.ts";
import { refuseMethod } from "./route.ts";

/** The methods that Next hands to a route file; it answers any other by itself, and not as we do. */
const ROUTABLE = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Answers what cannot be handed to a route: a path of the API that cannot be decoded, or a
 * method that has no name there (TRACE, PROPFIND).
 *
 * @param target the request's target as it stands in its first line
 * @returns null for everything that can be routed
 */
export function refuseUnroutable(
  { method, target }: { method: string; target: string },
  requestId: string,
): Response | null {
  const pathname = target.split("?", 1).join("");
  const route = findRoute(pathname)?.route;
  if (!route && !pathname.startsWith("/api/v1/")) return null;
  const refusal = toRefusal({ method, pathname }, { requestId, operations: route?.operations });
  refusal?.headers.set(REQUEST_ID_HEADER, requestId);
  refusal?.headers.set("cache-control", "no-store");
  return refusal;
}

type Found = Parameters<typeof refuseMethod>[1];

function toRefusal(
  { method, pathname }: { method: string; pathname: string },
  found: { requestId: string; operations: Found["operations"] | undefined },
): Response | null {
  const { requestId, operations } = found;
  if (!isDecodable(pathname)) {
    const message = "The path is not valid: a % in it is not followed by what it must be.";
    const error = new AppError("INVALID_INPUT", message);
    return toProblemResponse(error, { requestId, hasCredentials: false });
  }
  if (ROUTABLE.has(method)) return null;
  return refuseMethod(method, { requestId, operations: operations ?? {} });
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
