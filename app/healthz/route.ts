import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { healthRoute } from "#lib/http/api/routes/probe-routes.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(healthRoute.handle);
