import { toEveryMethod } from "#lib/http/every-method.ts";
import { readyRoute } from "#lib/http/routes/probe-routes.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(readyRoute.handle);
