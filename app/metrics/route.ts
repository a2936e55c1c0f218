import { toEveryMethod } from "#lib/http/every-method.ts";
import { metricsRoute } from "#lib/http/routes/metrics-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(metricsRoute.handle);
