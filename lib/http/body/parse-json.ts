import { AppError } from "../../errors.ts";
import { JsonScanner } from "./json-scanner.ts";

/**
 * Parses a JSON text strictly: a name given twice is refused instead of half ignored.
 *
 * @param at where the text stands, for messages: `line 17`; empty for a whole body
 * @throws AppError INVALID_INPUT that says where it goes wrong
 */
export function parseJson(text: string, at = ""): unknown {
  const fault = new JsonScanner(text).findFault();
  if (!fault) return JSON.parse(text);
  const before = text.slice(0, fault.offset).split("\n");
  const column = [...(before.at(-1) ?? "")].length + 1;
  const place = at ? `${at}, column ${column}` : `line ${before.length}, column ${column}`;
  const message = `${fault.message} (${place})`;
  throw new AppError("INVALID_INPUT", `The body is not valid JSON. ${message}`, [
    { path: at, message },
  ]);
}
