import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { flagsStreamRoute } from "#lib/http/api/routes/flags-stream-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  flagsStreamRoute.handle,
);
