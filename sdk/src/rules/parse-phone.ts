/** Fifteen digits and the signs that people put between them. */
const LONGEST = 40;
/** A country code never begins with 0 (ITU-T E.164). Any letter refuses the whole text. */
const SHAPE = /^ *\+?[ (]*[1-9][0-9 ().-]*$/;
const NO_DIGIT = /[^0-9]/g;

/**
 * Reads a phone number: 7 to 15 digits with or without `+`, with blanks, brackets, dots and hyphens
 * between them. A text with a letter is never reduced to its digits, so that no BSUID becomes a phone.
 *
 * @returns E.164 with `+`, as Connectly writes it; Meta's `wa_id` and `from` come without. Null for all else
 */
export function parsePhone(value: unknown): string | null {
  if (typeof value !== "string" || value.length > LONGEST || !SHAPE.test(value)) return null;
  const digits = value.replace(NO_DIGIT, "");
  return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : null;
}
