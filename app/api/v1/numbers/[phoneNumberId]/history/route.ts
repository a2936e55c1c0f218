import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { numberHistoryRoute } from "#lib/http/api/routes/number-history-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  numberHistoryRoute.handle,
);
