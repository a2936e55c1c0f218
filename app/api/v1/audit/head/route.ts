import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { auditHeadRoute } from "#lib/http/api/routes/audit-head-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditHeadRoute.handle,
);
