import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { CLIENT_IP_HEADER, MAX_USER_AGENT, toRequestAddress } from "./origin.ts";

/** The header with the request's id, as answers, logs and the audit trail name it. */
export const REQUEST_ID_HEADER = "x-request-id";

const ACCEPTED = /^[A-Za-z0-9._-]{8,128}$/;

/** The id that a client (or our server) gave a request if it is well-formed, else a new one. */
export function toRequestId(given: string | readonly string[] | null | undefined): string {
  return typeof given === "string" && ACCEPTED.test(given) ? given : randomUUID();
}

/**
 * Sets the headers for the request's id and the client's address, which routes rely on. A request of the
 * console to itself keeps the address of the original client. Cuts the user agent to the trail's length:
 * Next looks for robots in it by patterns that take the square of its length.
 *
 * @returns the request's id
 */
export function setRequestHeaders(message: IncomingMessage, { isOwn = false } = {}): string {
  const { headers } = message;
  const id = toRequestId(headers[REQUEST_ID_HEADER]);
  headers[REQUEST_ID_HEADER] = id;
  if (!isOwn) headers[CLIENT_IP_HEADER] = toRequestAddress(message) ?? "";
  const userAgent = headers["user-agent"];
  if (userAgent !== undefined) headers["user-agent"] = userAgent.slice(0, MAX_USER_AGENT);
  return id;
}
