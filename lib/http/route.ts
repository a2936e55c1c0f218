import { AppError } from "../errors.ts";
import type { Operation, RouteContext } from "./operation.ts";
import { toProblemResponse } from "./problem.ts";
import { REQUEST_ID_HEADER, toRequestId } from "./request-id.ts";
import { toAppError } from "./to-app-error.ts";

/** The methods that our routes take; HEAD comes with GET, and OPTIONS with any. */
export type Method = "GET" | "PUT" | "POST";

/** Answers any method, throws never, and knows no web framework: Next and server.ts both mount it. */
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

export type Route = {
  /** As in OpenAPI: `/api/v1/numbers/{phoneNumberId}`. */
  path: string;
  operations: Readonly<Partial<Record<Method, Operation>>>;
  handle: RouteHandler;
};

type RouteSpec = Pick<Route, "path" | "operations"> & {
  /** Of answers that are not errors. */
  cacheControl?: "no-store" | "private, no-cache" | "no-cache, no-transform";
};

/** A path with its operations, as one handler. */
export function defineRoute({ path, operations, cacheControl = "no-store" }: RouteSpec): Route {
  return {
    path,
    operations,
    handle: async (request, context) => {
      const requestId = toRequestId(request);
      const response = await dispatch(operations, { request, context, requestId });
      const { status, headers } = response;
      headers.set(REQUEST_ID_HEADER, requestId);
      headers.set("cache-control", status < 400 ? cacheControl : "no-store");
      headers.set("x-content-type-options", "nosniff");
      return request.method === "HEAD" ? new Response(null, { status, headers }) : response;
    },
  };
}

type Dispatch = { request: Request; context: RouteContext; requestId: string };

async function dispatch(
  operations: Route["operations"],
  { request, context, requestId }: Dispatch,
): Promise<Response> {
  const hasCredentials = request.headers.has("authorization");
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { allow: toAllow(operations) } });
  }
  const operation = findOperation(operations, request.method);
  if (!operation) return refuseMethod(request.method, { operations, requestId });
  try {
    return await operation.run(request, context, requestId);
  } catch (error) {
    return toProblemResponse(toAppError(error, requestId), { requestId, hasCredentials });
  }
}

function findOperation(operations: Route["operations"], method: string): Operation | undefined {
  switch (method) {
    case "GET":
    case "HEAD":
      return operations.GET;
    case "PUT":
    case "POST":
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

/** 405: what the path takes instead. */
export function refuseMethod(
  method: string,
  { operations, requestId }: Pick<Route, "operations"> & { requestId: string },
): Response {
  const allow = toAllow(operations);
  const error = new AppError("INVALID_INPUT", `${method} is not taken here. Use ${allow}.`);
  const response = toProblemResponse(error, { requestId, hasCredentials: false, status: 405 });
  response.headers.set("allow", allow);
  return response;
}
