import { asWrittenNumber, isWrittenNumber } from "./exact-json.ts";

/** An object as JSON has them; what is in it is still unknown. */
export type JsonObject = Record<string, unknown>;

/** Enough for seconds since 1970. */
const TIMESTAMP_DIGITS = 16;
const NOT_BLANK = /\S/;
const INTEGER = /^([0-9]+)(?:\.([0-9]+))?(?:[eE]\+?([0-9]{1,3}))?$/;

/** The value if it is an object; null for anything else, also a list. */
export function asObject(value: unknown): JsonObject | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return isWrittenNumber(value) ? null : (value as JsonObject);
}

/** The text as it came; null if absent, `null`, `""`, blank or of another type. */
export function asText(value: unknown): string | null {
  return typeof value === "string" && NOT_BLANK.test(value) ? value : null;
}

/** An id that Meta writes as a text; a program in between may have made it a number, which has to be exact. */
export function asId(value: unknown): string | null {
  return asText(value) ?? asInteger(value);
}

/** Digits that Meta writes as a text; also accepts an exact JSON number. */
export function asDigits(value: unknown, most: number): string | null {
  const text = asInteger(value) ?? value;
  if (typeof text !== "string" || text.length > most) return null;
  return /^[0-9]+$/.test(text) ? text : null;
}

/** Seconds since 1970, as digits. */
export function asTimestamp(value: unknown): string | null {
  return asDigits(value, TIMESTAMP_DIGITS);
}

/**
 * The digits of a JSON number that is an integer of zero or more, also as `15550100124.0` or
 * `1.5550100124e+10`. Null if digits are missing: `1.55501e+10` was shortened by its writer, and an integer
 * that `JSON.parse` rounded beyond 2^53 would name somebody else.
 */
export function asInteger(value: unknown): string | null {
  const [, whole = "", fraction = "", exponent = "0"] =
    INTEGER.exec(asWrittenNumber(value) ?? "") ?? [];
  const more = Number(exponent);
  if (whole === "" || fraction.length < more || /[1-9]/.test(fraction.slice(more))) return null;
  return (whole + fraction.slice(0, more)).replace(/^0+(?=[0-9])/, "");
}
