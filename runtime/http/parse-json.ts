import { hasRepeatedKey, parseExactJson } from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";

/** Far more than any request to send needs. */
const DEEPEST = 64;
/** Some programs write one; it is none of the text (RFC 8259, 8.1). */
const BYTE_ORDER_MARK = /^\ufeff/;

/**
 * A body as the server leaves it: the raw bytes. No number of it is rounded, and none of its values is
 * lost to another one of the same key. @throws RequestError INVALID
 */
export function parseJson(body: unknown): unknown {
  const text = Buffer.isBuffer(body) ? body.toString("utf8").replace(BYTE_ORDER_MARK, "") : "";
  const parsed = parse(text);
  if (hasRepeatedKey(text)) {
    throw new RequestError("INVALID", "An object of the body has one key twice.");
  }
  return parsed;
}

function parse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw new RequestError("INVALID", "The body is no JSON.");
  }
}

/** `parseJson` for what is written as JSON again, which takes the stack of its depth. @throws RequestError INVALID */
export function parseShallowJson(body: unknown): unknown {
  const parsed = parseJson(body);
  if (isDeeperThan(DEEPEST, parsed)) {
    throw new RequestError("INVALID", `The body nests deeper than ${DEEPEST} levels.`);
  }
  return parsed;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(levels - 1, one));
}
