import { toEveryMethod } from "#lib/http/api/every-method.ts";
import { handleOfrepNotFound } from "#lib/http/api/ofrep/not-found.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(handleOfrepNotFound);
