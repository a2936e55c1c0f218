import { toEveryMethod } from "#lib/http/every-method.ts";
import { numberHistoryRoute } from "#lib/http/routes/number-history-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  numberHistoryRoute.handle,
);
