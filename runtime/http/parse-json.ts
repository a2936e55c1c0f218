import { hasRepeatedKey, parseExactJson } from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";

/** Levels of nesting; far more than any request to send needs. */
const MAX_DEPTH = 64;
/** Some programs write one; it is not part of the JSON text (RFC 8259, 8.1). */
const BYTE_ORDER_MARK = /^\ufeff/;

/**
 * Parses a request's raw body without rounding numbers.
 * @throws RequestError INVALID, also for a repeated key, since all values but the last would be lost
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

/** `parseJson` for what is serialised again, which recurses: limits the depth. @throws RequestError INVALID */
export function parseShallowJson(body: unknown): unknown {
  const parsed = parseJson(body);
  if (isDeeperThan(MAX_DEPTH, parsed)) {
    throw new RequestError("INVALID", `The body nests deeper than ${MAX_DEPTH} levels.`);
  }
  return parsed;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(levels - 1, one));
}
