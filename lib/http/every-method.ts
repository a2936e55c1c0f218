import type { RouteHandler } from "./route.ts";

/** How Next calls a route file's functions: it brings the path's parameters as a promise. */
type FileHandler = (
  request: Request,
  context: { params: Promise<Readonly<Record<string, unknown>>> },
) => Promise<Response>;

/**
 * A handler as the exports of a route file. Every method is handed over, so that those a path
 * does not take get our answer and not the framework's empty one.
 */
export function toEveryMethod(handle: RouteHandler) {
  const answer: FileHandler = async (request, { params }) =>
    await handle(request, { params: await params });
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
