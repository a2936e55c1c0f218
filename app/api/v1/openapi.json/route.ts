import { toEveryMethod } from "#lib/http/every-method.ts";
import { openApiRoute } from "#lib/http/openapi/openapi-route.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(openApiRoute.handle);
