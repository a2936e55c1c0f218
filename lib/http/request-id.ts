import { randomUUID } from "node:crypto";

/** The header that names a request in answers, logs and the audit trail. */
export const REQUEST_ID_HEADER = "x-request-id";

const ACCEPTED = /^[A-Za-z0-9._-]{8,128}$/;

/** The id its sender (or our server) gave the request, when it is one to keep; else a new one. */
export function toRequestId(request: Request): string {
  const given = request.headers.get(REQUEST_ID_HEADER);
  return given !== null && ACCEPTED.test(given) ? given : randomUUID();
}
