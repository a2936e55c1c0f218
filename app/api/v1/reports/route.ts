import { toEveryMethod } from "#lib/http/every-method.ts";
import { reportsRoute } from "#lib/http/routes/reports-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(reportsRoute.handle);
