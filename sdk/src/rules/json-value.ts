/** An object as JSON has them; what is in it is still unknown. */
export type JsonObject = Record<string, unknown>;

/** Seconds for some time to come. */
const TIMESTAMP_DIGITS = 16;
const NOT_BLANK = /\S/;

/** The object, or null for anything else; a list is none. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null;
}

/** The text as it came, or null: absent, `null`, `""`, blank and other types all mean "no". */
export function asText(value: unknown): string | null {
  return typeof value === "string" && NOT_BLANK.test(value) ? value : null;
}

/**
 * Digits that Meta writes as a string. A JSON number is taken as well while it is exact: beyond 2^53 it
 * was rounded when it was parsed, and would name somebody else.
 */
export function asDigits(value: unknown, most: number): string | null {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string" || text.length > most) return null;
  return /^[0-9]+$/.test(text) ? text : null;
}

/** Seconds since 1970, as digits. */
export function asTimestamp(value: unknown): string | null {
  return asDigits(value, TIMESTAMP_DIGITS);
}
