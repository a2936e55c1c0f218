import { phoneSpellings, splitPhone } from "#sdk/rules/phone-spellings.ts";

/** How much of a phone is written: all, without its country code, or without country and area code. */
export type PhoneForm = "international" | "national" | "local";

/** What is dialled before a country code: in most countries, North America, Australia, Japan, with a Brazilian carrier; some write one zero. */
const INTERNATIONAL = /^(?:00?|011|0011|010|00[1-9][0-9])?$/;
/** What is dialled before an area code, by country code; 0 in other countries. */
const TRUNK: Readonly<Record<string, RegExp>> = {
  "7": /^8?$/,
  // A carrier's two digits may follow.
  "52": /^(?:0|01|044|045)?$/,
  "54": /^0?$/,
  "55": /^(?:0(?:[1-9][0-9])?)?$/,
  "57": /^(?:0[0-9]?)?$/,
};
const USUAL_TRUNK = /^0?$/;
const NO_TRUNK = /^$/;
/** Countries where nothing is dialled before a number. */
const WITHOUT_TRUNK = /^(?:1|30|34|351|39|371|372|420|45|47|48|50[2-8]|65|852)$/;

/** The lengths of area codes by country code, for countries where numbers may be given without one. */
const AREA_LENGTHS: Readonly<Record<string, (national: string) => readonly number[]>> = {
  "1": () => [3],
  "44": (national) => (national.startsWith("7") ? [] : [national.startsWith("2") ? 2 : 3]),
  "49": (national) => (national.startsWith("1") ? [] : [2, 3, 4]),
  "51": (national) => (national.startsWith("1") ? [1] : []),
  "52": (national) => [/^(?:33|55|56|81)/.test(national) ? 2 : 3],
  "54": (national) => [/^9?11/.test(national) ? 2 : 3],
  "55": () => [2],
  "56": () => [1],
  "57": (national) => (national.startsWith("60") ? [3] : []),
  "58": () => [3],
  "91": (national) => (national.startsWith("9") ? [] : [2, 3]),
  "593": () => [1],
};
const MIN_DIGITS = 7;

/** A phone of the roster, prepared for comparison with what people write. */
export type ComparablePhone = {
  countryCode: string;
  /** Its national number in each spelling. */
  nationals: readonly string[];
  locals: readonly string[];
};

/** @param e164 with `+` */
export function toComparablePhone(e164: string): ComparablePhone {
  const spellings = phoneSpellings(e164);
  const { countryCode } = splitPhone(spellings[0]);
  const usual = spellings.map((spelling) => splitPhone(spelling).national);
  const nationals = [
    ...usual,
    ...withArgentine15(countryCode, usual),
    ...asBefore2021(countryCode, usual),
  ];
  return { countryCode, nationals, locals: toLocals(countryCode, usual) };
}

/** The form of the phone that these digits are, or null if they are none. */
export function formOf(digits: string, phone: ComparablePhone): PhoneForm | null {
  const { countryCode } = phone;
  const trunk = TRUNK[countryCode] ?? (WITHOUT_TRUNK.test(countryCode) ? NO_TRUNK : USUAL_TRUNK);
  let form: PhoneForm | null = null;
  for (const national of phone.nationals) {
    if (!digits.endsWith(national)) continue;
    const prefix = digits.slice(0, digits.length - national.length);
    if (hasCountryCode(prefix, countryCode, trunk)) return "international";
    if (trunk.test(prefix)) form = "national";
  }
  if (isWithoutItalianZero(digits, phone)) return "international";
  return form ?? (isLocal(digits, phone) ? "local" : null);
}

/** Whether the zero of an Italian landline is missing after the country code, where most countries drop theirs. */
function isWithoutItalianZero(
  digits: string,
  { countryCode, nationals }: ComparablePhone,
): boolean {
  return (
    countryCode === "39" &&
    nationals.some((national) => {
      const rest = national.slice(1);
      if (!national.startsWith("0") || !digits.endsWith(rest)) return false;
      return hasCountryCode(digits.slice(0, -rest.length), countryCode, NO_TRUNK);
    })
  );
}

/** The possible area codes of a phone, with its country code: "5511". Empty in countries where numbers always have one. */
export function areaCodes(e164: string): string[] {
  const { countryCode, national } = splitPhone(e164);
  const bare = countryCode === "54" ? national.replace(/^9/, "") : national;
  const lengths = AREA_LENGTHS[countryCode]?.(national) ?? [];
  return lengths.map((length) => countryCode + bare.slice(0, length));
}

function hasCountryCode(prefix: string, countryCode: string, trunk: RegExp): boolean {
  for (let at = prefix.indexOf(countryCode); at >= 0; at = prefix.indexOf(countryCode, at + 1)) {
    const rest = prefix.slice(at + countryCode.length);
    // People write "+34 (0) 612 …" even where no zero is dialled.
    const isTrunk = trunk.test(rest) || rest === "0";
    if (INTERNATIONAL.test(prefix.slice(0, at)) && isTrunk) return true;
  }
  return false;
}

function isLocal(digits: string, { countryCode, locals }: ComparablePhone): boolean {
  return locals.some((local) => digits === local || digits === `${countryCode}${local}`);
}

/** Argentina's mobiles with the 15 that is dialled after the area code of two, three or four digits. */
function withArgentine15(countryCode: string, nationals: readonly string[]): string[] {
  const phone =
    countryCode === "54" ? nationals.find((national) => national.length === 10) : undefined;
  if (phone === undefined) return [];
  const lengths = phone.startsWith("11") ? [2] : [3, 4];
  return lengths.flatMap((length) => {
    const dialled = `${phone.slice(0, length)}15${phone.slice(length)}`;
    return [dialled, `9${dialled}`];
  });
}

/** Colombia's landlines without the 60 that was added before their area codes in 2021. */
function asBefore2021(countryCode: string, nationals: readonly string[]): string[] {
  if (countryCode !== "57") return [];
  return nationals
    .filter((national) => /^60[1-8]/.test(national))
    .map((national) => national.slice(2));
}

function toLocals(countryCode: string, nationals: readonly string[]): string[] {
  const lengthsOf = AREA_LENGTHS[countryCode];
  if (!lengthsOf) return [];
  const locals = nationals.flatMap((national) => {
    const bare = countryCode === "54" ? national.replace(/^9/, "") : national;
    return lengthsOf(national).map((length) => bare.slice(length));
  });
  const dialled = countryCode === "54" ? locals.map((local) => `15${local}`) : [];
  return [...new Set([...locals, ...dialled])].filter(({ length }) => length >= MIN_DIGITS);
}
