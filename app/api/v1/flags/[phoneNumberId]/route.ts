import { toEveryMethod } from "#lib/http/every-method.ts";
import { flagRoute } from "#lib/http/routes/flag-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(flagRoute.handle);
