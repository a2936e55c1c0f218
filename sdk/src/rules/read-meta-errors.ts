import { asDigits, asObject, asText, type JsonObject } from "./json-value.ts";

/** An error that Meta sends in place of items. `at` is its path in the object that was read. */
export type MetaError = { at: string; code: number | null; message: string };

/** The longest text of an error, in characters. */
const MAX_WORDS = 300;
const MAX_CODE_DIGITS = 9;
const UNSAID = "Meta reports an error and does not say which.";
/** Matches phones and BSUIDs, which are removed from Meta's texts before these are stored. */
const SOMEBODY = /\b[A-Z]{2}\.[A-Za-z0-9.]{0,131}[0-9][A-Za-z0-9]*|\+?[0-9][0-9 ().-]{5,}[0-9]/g;

/**
 * Reads the errors of an object of a payload: in a list, as Meta's documents say, or a single one; each an
 * object, a text or a code.
 */
export function readMetaErrors(holder: JsonObject): MetaError[] {
  return ["errors", "error"].flatMap((key) => {
    const given = holder[key];
    if (!Array.isArray(given)) return readError(given, key) ?? [];
    return given.flatMap((one, index) => readError(one, `${key}[${index}]`) ?? []);
  });
}

function readError(given: unknown, at: string): MetaError | null {
  if (given === undefined || given === null || given === "" || given === false) return null;
  const error = asObject(given);
  if (error) return { at, code: readCode(error.code), message: describe(error) };
  const code = readCode(given);
  const text = asText(given);
  return { at, code, message: code === null && text !== null ? say([text]) : UNSAID };
}

function readCode(code: unknown): number | null {
  const digits = asDigits(code, MAX_CODE_DIGITS);
  return digits === null ? null : Number(digits);
}

function describe(error: JsonObject): string {
  const details = asObject(error.error_data)?.details;
  return say([error.title, error.message, details].flatMap((text) => asText(text) ?? []));
}

/** The error in Meta's words. Cut after ids are removed, since half an id would not be recognised. */
function say(said: readonly string[]): string {
  const words = [...new Set(said)].join(": ").replace(SOMEBODY, "(id)").slice(0, MAX_WORDS);
  return words === "" ? UNSAID : `Meta reports: ${words}`;
}
