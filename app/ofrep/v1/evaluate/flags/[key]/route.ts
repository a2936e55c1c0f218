import { toEveryMethod } from "#lib/http/every-method.ts";
import { ofrepFlagRoute } from "#lib/http/routes/ofrep-flag-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  ofrepFlagRoute.handle,
);
