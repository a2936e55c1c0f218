/** Country codes of one and two digits (ITU-T E.164); all others have three. */
const SHORT_COUNTRY_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
/** Italy and the Vatican, Côte d'Ivoire, Gabon, Congo, San Marino: a zero there belongs to the number. */
const KEEPS_ZERO = new Set(["39", "225", "241", "242", "378", "379"]);

/** Brazil's landlines begin with 2 to 5; eight digits that begin otherwise lack the ninth digit of 2012. */
const BRAZIL = /^([1-9][1-9])9?([016-9]\d{7})$/;
/** The two digits of a carrier that are dialled after the zero. */
const BRAZIL_CARRIER = /^0[1-9]\d(?=[1-9][1-9]\d{8,9}$)/;
/**
 * Mexico's mobiles lost the 1 in August 2019; WhatsApp and address books still have it. Inside the
 * country 01 was dialled before landlines, 044 and 045 before mobiles.
 */
const MEXICO = /^(?:1|01|04[45])?([2-9]\d{9})$/;
/** Argentina's mobiles have a 9 before the area code when called from abroad. */
const ARGENTINA = /^9?([1-8]\d{9})$/;
/** At home they have none, and 15 after the area code: 11, or one of three or four digits. */
const ARGENTINA_DIALLED = /^9?(?:(11)|([2-8]\d{2,3}?))15(\d{6,8})$/;

/** A phone's number in two parts, without `+`. */
export type PhoneParts = { countryCode: string; national: string };

/** Splits E.164 at its country code, whether a number of this country exists or not. */
export function splitPhone(e164: string): PhoneParts {
  const digits = e164.replace(/^\+/, "");
  const countryCode = SHORT_COUNTRY_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);
  return { countryCode, national: digits.slice(countryCode.length) };
}

/**
 * Every E.164 spelling in use of one phone: with and without the 1 of Mexico's mobiles, the ninth digit of
 * Brazil's, the 9 of Argentina's. Removes a zero after the country code, which is only dialled inside a
 * country, and Argentina's 15.
 *
 * Two spellings of one phone have the same list in the same order, so that the first can be a key.
 *
 * @param e164 `+` and digits, as `parsePhone` returns it
 * @returns the usual spelling first, each with `+`; only the phone itself if its country has one spelling
 */
export function phoneSpellings(e164: string): [string, ...string[]] {
  const { countryCode, national: written } = splitPhone(e164);
  const national = withoutTrunk(countryCode, written);
  const [usual, ...others] = nationalSpellings(countryCode, national);
  return [`+${countryCode}${usual}`, ...others.map((other) => `+${countryCode}${other}`)];
}

/** Whether two E.164 spellings, such as +52 1 55… and +52 55…, are the same phone. */
export function isSamePhone(one: string, other: string): boolean {
  return phoneSpellings(one)[0] === phoneSpellings(other)[0];
}

function withoutTrunk(countryCode: string, national: string): string {
  if (KEEPS_ZERO.has(countryCode) || (countryCode === "52" && MEXICO.test(national)))
    return national;
  const dialled = countryCode === "55" ? national.replace(BRAZIL_CARRIER, "") : national;
  return dialled.replace(/^0(?=[1-9])/, "");
}

function nationalSpellings(countryCode: string, national: string): [string, ...string[]] {
  switch (countryCode) {
    case "52": {
      const [, phone] = MEXICO.exec(national) ?? [];
      return phone === undefined ? [national] : [phone, `1${phone}`];
    }
    case "54": {
      const phone = readArgentine(national);
      return phone === null ? [national] : [`9${phone}`, phone];
    }
    case "55": {
      const [, area, phone] = BRAZIL.exec(national) ?? [];
      return phone === undefined ? [national] : [`${area}9${phone}`, `${area}${phone}`];
    }
    default:
      return [national];
  }
}

/** Area code and number, ten digits in all; null for anything else. */
function readArgentine(national: string): string | null {
  const [, phone] = ARGENTINA.exec(national) ?? [];
  if (phone !== undefined) return phone;
  const [, capital, province, rest = ""] = ARGENTINA_DIALLED.exec(national) ?? [];
  const whole = `${capital ?? province ?? ""}${rest}`;
  return whole.length === 10 ? whole : null;
}
