import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { flagsRoute } from "#lib/http/api/routes/flags-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(flagsRoute.handle);
