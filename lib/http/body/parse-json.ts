import { AppError } from "../../errors.ts";

/**
 * Parses a JSON text.
 *
 * @param at where the text stands, for messages: `line 17`; empty for a whole body
 * @param parse the SDK's `parseExactJson` where digits must not be rounded
 * @throws AppError INVALID_INPUT that says where it goes wrong
 */
export function parseJson(
  text: string,
  { at = "", parse = JSON.parse }: { at?: string; parse?: (text: string) => unknown } = {},
): unknown {
  try {
    return parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const message = at === "" ? `${cause}.` : `${at}: ${cause.replace("line 1 ", "")}.`;
    throw new AppError("INVALID_INPUT", `The body is not valid JSON. ${message}`, [
      { path: at, message },
    ]);
  }
}
