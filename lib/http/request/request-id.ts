import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { CLIENT_IP_HEADER, LONGEST_USER_AGENT, toRequestAddress } from "./origin.ts";

/** The header that names a request in answers, logs and the audit trail. */
export const REQUEST_ID_HEADER = "x-request-id";

const ACCEPTED = /^[A-Za-z0-9._-]{8,128}$/;

/** The id that its sender (or our server) gave a request, when it is one to keep; else a new one. */
export function toRequestId(given: string | readonly string[] | null | undefined): string {
  return typeof given === "string" && ACCEPTED.test(given) ? given : randomUUID();
}

/**
 * Makes the request's id and its sender's address headers that routes can rely on. What the console asks
 * of itself keeps the address of whom it does so for. The browser's name is cut to what the trail keeps:
 * Next looks for robots in it by patterns that take the square of its length.
 *
 * @returns the id
 */
export function identify(message: IncomingMessage, { isOwn = false } = {}): string {
  const { headers } = message;
  const id = toRequestId(headers[REQUEST_ID_HEADER]);
  headers[REQUEST_ID_HEADER] = id;
  if (!isOwn) headers[CLIENT_IP_HEADER] = toRequestAddress(message) ?? "";
  const userAgent = headers["user-agent"];
  if (userAgent !== undefined) headers["user-agent"] = userAgent.slice(0, LONGEST_USER_AGENT);
  return id;
}
