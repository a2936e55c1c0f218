import { toEveryMethod } from "#lib/http/every-method.ts";
import { handleOfrepNotFound } from "#lib/http/ofrep/not-found.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toEveryMethod(handleOfrepNotFound);
