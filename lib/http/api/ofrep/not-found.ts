import { REQUEST_ID_HEADER, toRequestId } from "../../request/request-id.ts";
import type { RouteHandler } from "../route.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { toOfrepFailure } from "./failure.ts";

const FLAGS = "/ofrep/v1/evaluate/flags/";

/**
 * Answers for every path under /ofrep that is none. Some clients do not encode a key, so that one
 * with a slash in it comes here; it is told that there is no such flag, like any other.
 */
export const handleOfrepNotFound: RouteHandler = async (request) => {
  const requestId = toRequestId(request.headers.get(REQUEST_ID_HEADER));
  const { pathname } = new URL(request.url);
  const key = pathname.startsWith(FLAGS) ? pathname.slice(FLAGS.length) : "";
  const message = `There is nothing at this path. Flags are evaluated by POST at ${FLAGS}{key}.`;
  const error = new EvaluationError("FLAG_NOT_FOUND", message);
  const response = toOfrepFailure(error, { requestId, hasCredentials: false, params: { key } });
  response.headers.set(REQUEST_ID_HEADER, requestId);
  response.headers.set("cache-control", "no-store");
  return request.method === "HEAD" ? new Response(null, response) : response;
};
