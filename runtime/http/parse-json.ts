import { parseExactJson } from "#sdk/rules.ts";
import { ConnectlyError } from "./connectly-error.ts";

/** Far more than any request to send needs. */
const DEEPEST = 64;

/** A body as the server leaves it: the raw bytes. No number of it is rounded. @throws ConnectlyError INVALID */
export function parseJson(body: unknown): unknown {
  try {
    return parseExactJson(Buffer.isBuffer(body) ? body.toString("utf8") : "");
  } catch {
    throw new ConnectlyError("INVALID", "The body is no JSON.");
  }
}

/** The same for what is written as JSON again, which takes the stack of its depth. @throws ConnectlyError INVALID */
export function parseShallowJson(body: unknown): unknown {
  const parsed = parseJson(body);
  if (isDeeperThan(DEEPEST, parsed)) {
    throw new ConnectlyError("INVALID", `The body nests deeper than ${DEEPEST} levels.`);
  }
  return parsed;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(levels - 1, one));
}
