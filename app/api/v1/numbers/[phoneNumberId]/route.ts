import { toEveryMethod } from "#lib/http/every-method.ts";
import { numberRoute } from "#lib/http/routes/number-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(numberRoute.handle);
