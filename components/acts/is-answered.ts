import type { ActResult } from "./act-result.ts";

/**
 * Whether the console and its database answered, for better or worse. If not, to ask for the page
 * anew would leave it, and with it what was typed.
 */
export function isAnswered<Result extends ActResult<unknown>>(
  result: Result | null,
): result is Result {
  return result !== null && (result.ok || result.code !== "UNAVAILABLE");
}
