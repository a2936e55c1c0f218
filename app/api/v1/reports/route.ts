import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { reportsRoute } from "#lib/http/api/routes/reports-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(reportsRoute.handle);
