import type { IncomingMessage } from "node:http";
import { AppError } from "../../errors.ts";

/** More than any page or route needs; Next's parsing takes the square of their number. */
const MAX_PARAMETERS = 1_000;
/** Far above what browsers and programs send; parsing a header may take the square of its length. */
const MAX_HEADER_CHARACTERS = 8 * 1024;
/** These repeat the address, which may contain a pasted list of numbers. */
const ADDRESS_HEADERS = new Set(["referer", "next-url", "next-router-state-tree"]);
/** Only our own are left by then: several of a sign-in, and a session in pieces. */
const MAX_COOKIE_CHARACTERS = 64 * 1024;

/**
 * Why neither a route nor a page can take a request, with the status where it is not that of the error's
 * code.
 */
export type RequestFault = { error: AppError; status?: number };

/** What is wrong with a request, whatever it asks for; null when nothing is. */
export function findRequestFault({
  url = "/",
  headers,
  httpVersion,
}: Pick<IncomingMessage, "url" | "headers" | "httpVersion">): RequestFault | null {
  if (headers.host === undefined && httpVersion === "1.1") {
    return invalid("The request has no Host header, which HTTP/1.1 asks for.");
  }
  const pathname = url.split("?", 1).join("");
  if (!pathname.startsWith("/")) {
    return invalid("The request names no path. Ask for one, such as /.");
  }
  if (!isDecodable(pathname)) {
    return invalid("The path is not valid: a % in it is not followed by what it must be.");
  }
  if (countParameters(url) > MAX_PARAMETERS) {
    return invalid(`The query has more than ${MAX_PARAMETERS} parameters.`);
  }
  const name = Object.keys(headers).find((one) => isTooLong(one, headers[one]));
  if (name === undefined) return null;
  const message = `The header ${name.slice(0, 100)} is longer than is taken here.`;
  return { error: new AppError("PAYLOAD_TOO_LARGE", message), status: 431 };
}

function invalid(message: string): RequestFault {
  return { error: new AppError("INVALID_INPUT", message) };
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

function countParameters(url: string): number {
  const from = url.indexOf("?");
  return from < 0 ? 0 : url.slice(from).split("&").length;
}

function isTooLong(name: string, value: string | string[] | undefined): boolean {
  if (value === undefined || ADDRESS_HEADERS.has(name)) return false;
  const most = name === "cookie" ? MAX_COOKIE_CHARACTERS : MAX_HEADER_CHARACTERS;
  return value.length > most;
}
