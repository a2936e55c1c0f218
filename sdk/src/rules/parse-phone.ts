import { asInteger } from "./json-value.ts";

/** Fifteen digits and the signs that people put between them. */
const MAX_CHARACTERS = 40;
/** Including invisible marks; a longer text is not searched. */
const MAX_WRITTEN = 1_000;
/** A country code never begins with 0 (ITU-T E.164). Any letter refuses the whole text. */
const SHAPE = /^\+?[ (]*[1-9][0-9 ().-]*$/;
const NO_DIGIT = /[^0-9]/g;
/** Direction marks, zero-width characters, soft hyphens, byte order marks, which copying brings along. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const BLANK = /\p{Zs}/gu;
const DASH = /\p{Pd}/gu;

/**
 * Reads a phone number: 7 to 15 digits with or without `+`, with blanks, brackets, dots and hyphens between
 * them, and any invisible marks and blanks around it; or an exact JSON number. A text with a letter is never
 * reduced to its digits, so that no BSUID becomes a phone.
 *
 * @returns E.164 with `+`, as Connectly writes it (Meta's `wa_id` and `from` have no `+`); null for anything else
 */
export function parsePhone(value: unknown): string | null {
  const written = asInteger(value) ?? value;
  if (typeof written !== "string" || written.length > MAX_WRITTEN) return null;
  const text = withoutInvisible(written).replace(BLANK, " ").replace(DASH, "-").trim();
  if (text.length > MAX_CHARACTERS || !SHAPE.test(text)) return null;
  const digits = text.replace(NO_DIGIT, "");
  return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : null;
}

/** The text without invisible marks. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}
