import { toEveryMethod } from "#lib/http/every-method.ts";
import { auditExportRoute } from "#lib/http/routes/audit-export-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  auditExportRoute.handle,
);
