import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { auditEntryRoute } from "#lib/http/api/routes/audit-entry-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditEntryRoute.handle,
);
