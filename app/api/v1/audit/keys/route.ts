import { toEveryMethod } from "#lib/http/every-method.ts";
import { auditKeysRoute } from "#lib/http/routes/audit-keys-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditKeysRoute.handle,
);
