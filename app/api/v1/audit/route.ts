import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { auditRoute } from "#lib/http/api/routes/audit-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(auditRoute.handle);
