import { toEveryMethod } from "#lib/http/every-method.ts";
import { rosterRoute } from "#lib/http/routes/roster-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(rosterRoute.handle);
