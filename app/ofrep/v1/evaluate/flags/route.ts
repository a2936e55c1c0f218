import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { ofrepFlagsRoute } from "#lib/http/api/routes/ofrep-flags-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  ofrepFlagsRoute.handle,
);
