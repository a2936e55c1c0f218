import type { RouteHandler } from "./route.ts";

/** How Next calls a route file's functions: with a promise of the path's parameters, or of nothing when the path has none. */
type FileHandler = (
  request: Request,
  context: { params: Promise<Readonly<Record<string, unknown>> | undefined> },
) => Promise<Response>;

/**
 * A handler as the exports of a route file. Every method is handed over, so that those a path
 * does not take get our answer and not the framework's empty one.
 */
export function toEveryMethod(handle: RouteHandler) {
  const answer: FileHandler = async (request, { params }) =>
    await handle(withoutEncoding(request), { params: (await params) ?? {} });
  return {
    GET: answer,
    HEAD: answer,
    POST: answer,
    PUT: answer,
    PATCH: answer,
    DELETE: answer,
    OPTIONS: answer,
  };
}

/** Next compresses whatever a route answers, also what is compressed already. Its requests cannot be copied whole. */
function withoutEncoding(request: Request): Request {
  const { url, method, signal } = request;
  if (method !== "GET" && method !== "HEAD") return request;
  const headers = new Headers(request.headers);
  headers.delete("accept-encoding");
  return new Request(url, { method, headers, signal });
}
