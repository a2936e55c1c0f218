import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { auditExportRoute } from "#lib/http/api/routes/audit-export-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditExportRoute.handle,
);
