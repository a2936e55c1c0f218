import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { ofrepFlagRoute } from "#lib/http/api/routes/ofrep-flag-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  ofrepFlagRoute.handle,
);
