import { toEveryMethod } from "#lib/http/every-method.ts";
import { flagsRoute } from "#lib/http/routes/flags-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(flagsRoute.handle);
