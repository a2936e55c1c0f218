import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { numberRoute } from "#lib/http/api/routes/number-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(numberRoute.handle);
