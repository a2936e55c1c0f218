import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { readyRoute } from "#lib/http/api/routes/probe-routes.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(readyRoute.handle);
