import { asDigits, asObject, asText, type JsonObject } from "./json-value.ts";

/** What Meta says in place of items. `at`: where in the object that was read. */
export type MetaError = { at: string; code: number | null; message: string };

/** Of what Meta says about an error. */
const MOST_WORDS = 300;
const MOST_CODE_DIGITS = 9;
const UNSAID = "Meta reports an error and does not say which.";
/** What may be somebody's phone or BSUID: Meta's words are kept where people read them. */
const SOMEBODY = /\b[A-Z]{2}\.[A-Za-z0-9.]{0,131}[0-9][A-Za-z0-9]*|\+?[0-9][0-9 ().-]{5,}[0-9]/g;

/**
 * The errors that an object of a payload has: as a list, as Meta's documents say, or alone; objects, texts
 * or codes.
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
  const digits = asDigits(code, MOST_CODE_DIGITS);
  return digits === null ? null : Number(digits);
}

function describe(error: JsonObject): string {
  const details = asObject(error.error_data)?.details;
  return say([error.title, error.message, details].flatMap((text) => asText(text) ?? []));
}

/** In Meta's words. Cut last: half an id would not be known for one. */
function say(said: readonly string[]): string {
  const words = [...new Set(said)].join(": ").replace(SOMEBODY, "(id)").slice(0, MOST_WORDS);
  return words === "" ? UNSAID : `Meta reports: ${words}`;
}
