import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { rosterRoute } from "#lib/http/api/routes/roster-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(rosterRoute.handle);
