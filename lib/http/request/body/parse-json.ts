import { hasRepeatedKey } from "#sdk/rules.ts";
import { AppError } from "../../../errors.ts";

/**
 * Parses a JSON text, and refuses an object that has one key twice.
 *
 * @param at where the text is, for messages: `line 17`; empty for a whole body
 * @param parse the SDK's `parseExactJson` where digits must not be rounded
 * @throws AppError INVALID_INPUT that says where the fault is
 */
export function parseJson(
  text: string,
  { at = "", parse = JSON.parse }: { at?: string; parse?: (text: string) => unknown } = {},
): unknown {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw invalid(at, cause.replace(at === "" ? "" : "line 1 ", ""));
  }
  // Nobody can tell which of the two is meant: JSON.parse takes the last one.
  if (hasRepeatedKey(text)) throw invalid(at, "An object has one key twice");
  return value;
}

function invalid(at: string, cause: string): AppError {
  const message = at === "" ? `${cause}.` : `${at}: ${cause}.`;
  return new AppError("INVALID_INPUT", `The body is not valid JSON. ${message}`, [
    { path: at, message },
  ]);
}
