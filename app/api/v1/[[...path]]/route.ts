import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { handleNotFound } from "#lib/http/api/not-found.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(handleNotFound);
