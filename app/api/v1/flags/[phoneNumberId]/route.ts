import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { flagRoute } from "#lib/http/api/routes/flag-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(flagRoute.handle);
