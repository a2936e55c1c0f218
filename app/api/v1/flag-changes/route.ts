import { toEveryMethod } from "#lib/http/every-method.ts";
import { flagChangesRoute } from "#lib/http/routes/flag-changes-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(
  flagChangesRoute.handle,
);
