import { AppError } from "../../errors.ts";
import { countRequest } from "../../metrics/request-counts.ts";
import { REQUEST_ID_HEADER, toRequestId } from "../request/request-id.ts";
import type { Operation, RouteContext } from "./operation.ts";
import { type ProblemContext, toProblemResponse } from "./problem.ts";
import { toAppError } from "./to-app-error.ts";

/** The methods that our routes support. HEAD comes with GET, and OPTIONS with every route. */
export type Method = "GET" | "PUT" | "POST" | "DELETE";

/** Answers any method and never throws. Knows no web framework: Next and server.ts both mount it. */
type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/** Turns an error into a route's answer, which may depend on the route's parameters. */
export type ErrorAnswer = (error: AppError, context: ProblemContext & RouteContext) => Response;

export type Route = {
  /** In OpenAPI's form: `/api/v1/numbers/{phoneNumberId}`. */
  path: string;
  operations: Readonly<Partial<Record<Method, Operation>>>;
  /** Answers with problems, unless the route's protocol has its own error format. */
  toErrorResponse: ErrorAnswer;
  handle: RouteHandler;
};

type RouteSpec = Pick<Route, "path" | "operations"> & {
  /** For answers that are not errors. */
  cacheControl?: "no-store" | "private, no-cache" | "no-cache, no-transform";
  toErrorResponse?: ErrorAnswer;
};

/** A path with its operations, as one handler. */
export function defineRoute(spec: RouteSpec): Route {
  const { path, operations, cacheControl = "no-store", toErrorResponse = toProblemResponse } = spec;
  return {
    path,
    operations,
    toErrorResponse,
    handle: async (request, context) => {
      const requestId = toRequestId(request.headers.get(REQUEST_ID_HEADER));
      const asked = { request, context, requestId };
      const response = await dispatch({ operations, toErrorResponse }, asked);
      const { status, headers } = response;
      countRequest({ route: path, method: request.method, status });
      headers.set(REQUEST_ID_HEADER, requestId);
      headers.set("cache-control", status < 400 ? cacheControl : "no-store");
      headers.set("x-content-type-options", "nosniff");
      return request.method === "HEAD" ? new Response(null, { status, headers }) : response;
    },
  };
}

type Dispatch = { request: Request; context: RouteContext; requestId: string };

async function dispatch(
  { operations, toErrorResponse }: Pick<Route, "operations" | "toErrorResponse">,
  { request, context, requestId }: Dispatch,
): Promise<Response> {
  const hasCredentials = request.headers.has("authorization");
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { allow: toAllow(operations) } });
  }
  const operation = findOperation(operations, request.method);
  if (!operation)
    return refuseMethod(request.method, { operations, toErrorResponse, requestId, ...context });
  try {
    return await operation.run(request, context, requestId);
  } catch (error) {
    const expected = toAppError(error, requestId);
    return toErrorResponse(expected, { requestId, hasCredentials, ...context });
  }
}

function findOperation(operations: Route["operations"], method: string): Operation | undefined {
  switch (method) {
    case "GET":
    case "HEAD":
      return operations.GET;
    case "PUT":
    case "POST":
    case "DELETE":
      return operations[method];
    default:
      return undefined;
  }
}

function toAllow(operations: Route["operations"]): string {
  const methods = Object.keys(operations).flatMap((name) =>
    name === "GET" ? [name, "HEAD"] : name,
  );
  return [...methods, "OPTIONS"].join(", ");
}

type RefusedMethod = Pick<Route, "operations" | "toErrorResponse"> &
  RouteContext & { requestId: string };

/** Answers 405, with the methods that the path supports. */
export function refuseMethod(
  method: string,
  { operations, toErrorResponse, requestId, params }: RefusedMethod,
): Response {
  const allow = toAllow(operations);
  const error = new AppError("INVALID_INPUT", `${method} is not taken here. Use ${allow}.`);
  const context = { requestId, hasCredentials: false, status: 405, params };
  const response = toErrorResponse(error, context);
  response.headers.set("allow", allow);
  return response;
}
