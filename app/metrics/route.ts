import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { metricsRoute } from "#lib/http/api/routes/metrics-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(metricsRoute.handle);
