import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { openApiRoute } from "#lib/http/api/openapi/openapi-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(openApiRoute.handle);
