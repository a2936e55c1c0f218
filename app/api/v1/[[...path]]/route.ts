import { toEveryMethod } from "#lib/http/every-method.ts";
import { handleNotFound } from "#lib/http/not-found.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(handleNotFound);
