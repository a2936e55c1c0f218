import { toEveryMethod } from "#lib/http/every-method.ts";
import { flagsStreamRoute } from "#lib/http/routes/flags-stream-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  flagsStreamRoute.handle,
);
