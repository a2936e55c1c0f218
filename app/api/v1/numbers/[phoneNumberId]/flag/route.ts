import { toEveryMethod } from "#lib/http/every-method.ts";
import { numberFlagRoute } from "#lib/http/routes/number-flag-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  numberFlagRoute.handle,
);
