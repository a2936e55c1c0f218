import { toEveryMethod } from "#lib/http/every-method.ts";
import { ofrepFlagsRoute } from "#lib/http/routes/ofrep-flags-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  ofrepFlagsRoute.handle,
);
