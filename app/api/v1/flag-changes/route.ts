import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { flagChangesRoute } from "#lib/http/api/routes/flag-changes-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  flagChangesRoute.handle,
);
