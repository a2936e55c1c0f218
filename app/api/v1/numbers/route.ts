import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { numbersRoute } from "#lib/http/api/routes/numbers-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(numbersRoute.handle);
