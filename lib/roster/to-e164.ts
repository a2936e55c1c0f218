import { parsePhoneNumberFromString, validatePhoneNumberLength } from "libphonenumber-js/min";
import { phoneSpellings, splitPhone } from "#sdk/rules/phone-spellings.ts";
import { toPlainText, UNSEEN } from "../phones/plain-text.ts";
import { findSpreadsheetDamage } from "./spreadsheet-damage.ts";

/** Digits, and what people write between them. */
const WRITTEN_NUMBER = /^\+?[\d\s().\u00B7_/-]*\d[\d\s().\u00B7_/-]*$/;
/** A spreadsheet's apostrophe for a cell of text, or the scheme of a phone link. */
const NOT_OF_THE_NUMBER = /^(?:'|tel:)/i;
/** The form that the database stores. */
const E164 = /^\+[1-9]\d{6,14}$/;
/**
 * Spreadsheets drop the `+`. Digits of this length or more cannot be a national number; fewer can
 * (51987654321 is a mobile in Peru, and also one in Porto Alegre without its country code).
 */
const MIN_DIGITS_WITHOUT_PLUS = 12;

const CANNOT_EXIST = "this is not a phone number that can exist.";
const NO_COUNTRY_CODE =
  "the country code is missing; write the number with + and its country code, such as +55 11 91234-5678.";

const TWO_NUMBERS = "these are two phone numbers; give each a row of its own.";

/** Converts a phone number in any usual spelling with country code to E.164, or says why it cannot. */
export function toE164(typed: string): { e164: string } | { problem: string } {
  const seen = toPlainText(typed).text.replaceAll(UNSEEN, "").trim();
  const text = seen.replace(NOT_OF_THE_NUMBER, "").replace(/^\(\+/, "+(").trim();
  if (text === "") return { problem: "a phone number with its country code is missing here." };
  const damage = findSpreadsheetDamage(text);
  if (damage) return { problem: damage };
  if (/\p{L}/u.test(text)) {
    return { problem: "a phone number has digits only; these are letters." };
  }
  if (!WRITTEN_NUMBER.test(text)) {
    return {
      problem: "a phone number has digits, + at its start, spaces, hyphens and parentheses only.",
    };
  }
  const international = toInternational(text);
  if (international === null) return { problem: NO_COUNTRY_CODE };
  return namesTwo(text, international) ? { problem: TWO_NUMBERS } : check(international);
}

/** Whether a slash separates two numbers, as in "+55 11 98765-4321/22": the part before it is one, the full text is not. */
function namesTwo(text: string, international: string): boolean {
  const first = toInternational(text.slice(0, Math.max(0, text.lastIndexOf("/"))));
  return (
    first !== null &&
    explainUnknownPhone(first) === null &&
    explainUnknownPhone(international) !== null
  );
}

/** `+` and digits, from `+…`, `00…`, or enough digits that they must begin with a country code. */
function toInternational(text: string): string | null {
  // "+44 (0)20 …": the zero is dialled inside the country only.
  const digits = text.replace(/\(0\)/g, "").replace(/\D/g, "");
  if (text.startsWith("+")) return toSpelling(`+${digits.replace(/^00/, "")}`);
  if (digits.startsWith("00")) return toSpelling(`+${digits.slice(2)}`);
  if (digits.startsWith("0") || digits.length < MIN_DIGITS_WITHOUT_PLUS) return null;
  return toSpelling(`+${digits}`);
}

/** Keeps the spelling, since Meta decides which one a number has; but removes Mexico's 1, and digits that are only dialled. */
function toSpelling(international: string): string {
  const spellings = phoneSpellings(international);
  const isUsed =
    spellings.includes(international) && splitPhone(international).countryCode !== "52";
  return isUsed ? international : spellings[0];
}

/** Accepts every number in the form of E.164: Meta, not a numbering plan, decides which ones exist. */
function check(international: string): { e164: string } | { problem: string } {
  const phone = parsePhoneNumberFromString(international);
  if (
    phone?.isPossible() &&
    E164.test(phone.number) &&
    !hasLostDigits(international, phone.number)
  ) {
    return { e164: phone.number };
  }
  if (E164.test(international)) return { e164: international };
  return { problem: explainUnknownPhone(international) ?? CANNOT_EXIST };
}

/** Why no numbering plan knows a phone number; null for one that may exist. */
export function explainUnknownPhone(international: string): string | null {
  const phone = parsePhoneNumberFromString(international);
  if (phone?.isPossible() && phone.number === international) return null;
  switch (validatePhoneNumberLength(international)) {
    case "TOO_SHORT":
      return "this phone number is too short for its country; digits are missing.";
    case "TOO_LONG":
      return "this phone number is too long for its country; it has digits too many.";
    case "INVALID_LENGTH":
      return "no phone number of this country has this many digits.";
    case "INVALID_COUNTRY":
      return "it begins with a country code that no country has.";
    case "NOT_A_NUMBER":
      return "this is not a phone number.";
    default:
  }
  return CANNOT_EXIST;
}

/** Whether parsing dropped more than a trunk zero (+44 020 …), such as a carrier's prefix, like 90 in Brazil. */
function hasLostDigits(international: string, e164: string): boolean {
  return international.length - e164.length > 1;
}
