import { toEveryMethod } from "#lib/http/every-method.ts";
import { auditRoute } from "#lib/http/routes/audit-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(auditRoute.handle);
