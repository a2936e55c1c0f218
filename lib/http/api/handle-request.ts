import { AppError } from "../../errors.ts";
import { REQUEST_ID_HEADER, toRequestId } from "../request/request-id.ts";
import { decodeParam } from "./decode-param.ts";
import { findApi, findRoute } from "./find-route.ts";
import { toOfrepNotFound } from "./ofrep/not-found.ts";
import { type ProblemContext, toProblemResponse } from "./problem.ts";

/** Answers any request to the API by the route of its path, or with 404. */
export async function handleRequest(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const match = findRoute(pathname);
  if (!match) {
    const { method, headers } = request;
    const requestId = toRequestId(headers.get(REQUEST_ID_HEADER));
    return toNotFound(pathname, { method, requestId });
  }
  const params = Object.entries(match.params).map(([name, text]) => [name, decodeParam(text)]);
  return await match.route.handle(request, { params: Object.fromEntries(params) });
}

/** The 404 for an unknown path of the API, whatever the method and the caller. */
export function toNotFound(
  pathname: string,
  { method, requestId }: { method: string; requestId: string },
): Response {
  const context = { requestId, hasCredentials: false };
  const response =
    findApi(pathname) === "ofrep" ? toOfrepNotFound(pathname, context) : toApiNotFound(context);
  response.headers.set(REQUEST_ID_HEADER, requestId);
  response.headers.set("cache-control", "no-store");
  return method === "HEAD" ? new Response(null, response) : response;
}

function toApiNotFound(context: ProblemContext): Response {
  const message = "There is nothing at this path. See /api/v1/openapi.json for what there is.";
  return toProblemResponse(new AppError("NOT_FOUND", message), context);
}
