import { toEveryMethod } from "#lib/http/every-method.ts";
import { numbersRoute } from "#lib/http/routes/numbers-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(numbersRoute.handle);
