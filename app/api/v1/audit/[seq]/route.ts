import { toEveryMethod } from "#lib/http/every-method.ts";
import { auditEntryRoute } from "#lib/http/routes/audit-entry-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditEntryRoute.handle,
);
