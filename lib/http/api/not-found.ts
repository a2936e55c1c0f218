import { AppError } from "../../errors.ts";
import { REQUEST_ID_HEADER, toRequestId } from "../request/request-id.ts";
import { toProblemResponse } from "./problem.ts";
import type { RouteHandler } from "./route.ts";

/** Answers for every path of the API that is none, whatever the method and whoever asks. */
export const handleNotFound: RouteHandler = async (request) => {
  const requestId = toRequestId(request.headers.get(REQUEST_ID_HEADER));
  const message = "There is nothing at this path. See /api/v1/openapi.json for what there is.";
  const error = new AppError("NOT_FOUND", message);
  const response = toProblemResponse(error, { requestId, hasCredentials: false });
  response.headers.set(REQUEST_ID_HEADER, requestId);
  response.headers.set("cache-control", "no-store");
  return request.method === "HEAD" ? new Response(null, response) : response;
};
