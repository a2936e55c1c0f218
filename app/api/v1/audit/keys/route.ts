import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { auditKeysRoute } from "#lib/http/api/routes/audit-keys-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditKeysRoute.handle,
);
