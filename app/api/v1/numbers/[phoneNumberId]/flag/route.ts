import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { numberFlagRoute } from "#lib/http/api/routes/number-flag-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  numberFlagRoute.handle,
);
