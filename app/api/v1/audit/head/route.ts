import { toEveryMethod } from "#lib/http/every-method.ts";
import { auditHeadRoute } from "#lib/http/routes/audit-head-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditHeadRoute.handle,
);
