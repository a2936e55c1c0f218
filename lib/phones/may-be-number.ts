import { isValidPhoneNumber } from "libphonenumber-js/min";
import { phoneSpellings, splitPhone } from "#sdk/rules/phone-spellings.ts";
import { FEWEST_WITH_AREA } from "./digit-groups.ts";
import { candidatesEndingAt, FEWEST_DIGITS } from "./find-candidates.ts";
import type { Hit } from "./known-numbers.ts";
import { isListIndex } from "./list-index.ts";
import { isAloneInLine, isThousands, YEAR } from "./read-rest.ts";
import type { ScannedGroup, ScannedText } from "./scan-text.ts";

/** A mail's line that was cut within a number. */
const WRAP = /^ ?\n[ >]*$/;
/** E.164. */
const MOST_DIGITS = 15;
/** Countries in which a longer number may begin with a shorter one: Germany, Austria. */
const OPEN_NUMBERING = /^4[39]/;

/**
 * Whether what has the digits of a phone may be meant as one: not where it is the smaller part of a
 * number that happens not to be in the roster, nor where it is a date, money or an order's number.
 */
export function mayBeNumber(scan: ScannedText, hit: Hit): boolean {
  const group = scan.groups[hit.first];
  if (!group) return false;
  if (isWithinInternational(scan, hit)) return false;
  if (group.hasPlus) return !isLongerBehind(scan, hit);
  if (group.label === "document" || hasShape(scan, hit)) return false;
  if (hit.form === "international") return !isLongerBehind(scan, hit);
  if (group.label === "party" && hit.form === "local") return false;
  if (group.label === "reference" && (hit.form === "local" || hit.first === hit.last)) return false;
  if (isLongerBefore(scan, hit) || isLongerBehind(scan, hit)) return false;
  return hit.form === "national" || isWrittenAsLocal(scan, hit);
}

/** What looks like a date or a postal code may be the smaller part of a phone. */
function hasShape({ groups }: ScannedText, { first, last, form }: Hit): boolean {
  const { start = 0 } = groups[first] ?? {};
  const { end = 0 } = groups[last] ?? {};
  return groups.slice(first, last + 1).some(({ shape }) => {
    if (shape === null) return false;
    const isPart = shape.start >= start && shape.end <= end && first < last;
    return form === "local" || !isPart;
  });
}

/**
 * Whether a number that begins before with its `+` or 00 goes on here. It ends where it is one in full,
 * and before it gets too long.
 */
function isWithinInternational({ groups }: ScannedText, { first, digits }: Hit): boolean {
  let length = 0;
  for (let index = first; index >= 0; index -= 1) {
    const group = groups[index];
    length += group?.digits.length ?? 0;
    if (!group || length > MOST_DIGITS + 2) return false;
    const begun = groups.slice(index, first);
    if (group.hasPlus)
      return index < first && length <= MOST_DIGITS && !isFullNumber(begun, groups[first]);
    // "001" may also count a branch.
    if (index < first && group.gap !== "tight" && /^00[1-9]/.test(group.digits)) {
      const whole = begun.map((one) => one.digits).join("") + digits;
      return !isFullNumber(begun, groups[first]) && isValidPhoneNumber(`+${whole.slice(2)}`);
    }
    if (group.gap !== "tight" && !WRAP.test(group.between)) return false;
  }
  return false;
}

/** Whether these groups of an international number, or the first of them, are one, or as long as one where their line ends. */
function isFullNumber(begun: readonly ScannedGroup[], behind: ScannedGroup | undefined): boolean {
  let digits = "";
  return begun.some((group, index) => {
    digits += group.digits;
    const next = begun[index + 1] ?? behind;
    const isLine = digits.length >= FEWEST_WITH_AREA && next?.gap !== "tight";
    return isLine || isValidPhoneNumber(`+${digits.replace(/^00/, "")}`);
  });
}

/** An area code or country code that stands before makes it another number. */
function isLongerBefore(scan: ScannedText, { first, digits, form, numbers }: Hit): boolean {
  const { groups } = scan;
  const before = groups[first - 1];
  const isNear =
    groups[first]?.gap === "tight" ||
    /^ ?[/-] ?$/.test(groups[first]?.between ?? "") ||
    (form === "local" && isInNextCell(scan, first));
  if (!before || !isNear || before.digits.length > 4 || isListIndex(scan, first - 1)) return false;
  // "2 (11998765432, …": so many.
  const isInBrackets = /\($/.test(groups[first]?.between ?? "");
  if (isInBrackets && (groups[first]?.digits.length ?? 0) >= FEWEST_DIGITS) return false;
  if (before.shape !== null) return false;
  // "24/7", "v2.0": the end of something else.
  if (/^[/.:,x]$/.test(before.between)) return false;
  // "2026-310-…": a case of that year.
  if (groups[first]?.between === "-" && YEAR.test(before.digits) && !before.shape) return true;
  const isTight = groups[first]?.gap === "tight";
  if (!isTight && (before.gap === "tight" || (form === "national" && !before.hasPlus)))
    return false;
  const countryCode = splitPhone(numbers[0]?.displayPhoneNumber ?? "").countryCode;
  // Of Argentina's "(0341) 15 640-2211" the area code stands before the 15.
  if (countryCode === "54" && before.digits === "15" && before.gap === "tight") {
    const area = groups[first - 2]?.digits.replace(/^0/, "") ?? "";
    return isRealPhone(`+54${area}15${digits}`);
  }
  if (before.gap === "tight" && isEndOfNumber(groups, first - 1)) return false;
  const longer = (before.digits + digits).replace(/^0/, "");
  if (form === "local" && isRealPhone(`+${countryCode}${longer}`)) return true;
  // "Loja 3 554 …": nobody writes the 355 of a country so.
  const isWhole = splitPhone(`+${longer}`).countryCode.length <= before.digits.length;
  return isWhole && isRealPhone(`+${longer}`);
}

/** "Vendas;31;97130-0001": a table has area codes in a column of their own. */
function isInNextCell({ groups, plain }: ScannedText, first: number): boolean {
  const [before, group] = [groups[first - 1], groups[first]];
  const isCell = group?.gap === "cell" || group?.between === '","';
  if (!isCell || !before || !/^0?[1-9][0-9]{1,3}$/.test(before.digits)) return false;
  return /(?:^|[\n\t|;"] *\(?)$/.test(
    plain.text.slice(Math.max(0, before.start - 8), before.start),
  );
}

/** Whether so many digits end there that another number, or the middle of one, does. */
function isEndOfNumber(groups: readonly ScannedGroup[], last: number): boolean {
  const further = groups[last - 1]?.digits ?? "";
  if (further.length > 3) return true;
  const [shortest] = candidatesEndingAt(groups, last);
  return (
    shortest !== undefined &&
    groups.slice(shortest.first + 1, last + 1).every(({ gap }) => gap === "tight")
  );
}

function isRealPhone(e164: string): boolean {
  const { countryCode, national } = splitPhone(e164);
  if (countryCode === "55" && !/^[1-9][1-9]/.test(national)) return false;
  // As it is dialled, too: +54 341 15 640-2211.
  return phoneSpellings(e164).some((spelling) => isValidPhoneNumber(spelling));
}

/** "+49 30 23125-101" is not the number +49 30 23125. */
function isLongerBehind({ groups }: ScannedText, { last, numbers }: Hit): boolean {
  const phone = numbers[0]?.displayPhoneNumber.slice(1) ?? "";
  const next = groups[last + 1];
  if (next?.between !== "-" || !OPEN_NUMBERING.test(phone)) return false;
  return isValidPhoneNumber(`+${phone}${next.digits}`);
}

/** Without its area code a number looks like many others: its groups, its line or a word have to say that it is one. */
function isWrittenAsLocal({ groups, plain }: ScannedText, { first, last, digits }: Hit): boolean {
  const written = groups.slice(first, last + 1);
  if (written.length > 1) {
    const isClose = written
      .slice(1)
      .every(({ gap, between }) => gap === "tight" || between === "-\n");
    return isClose && !(digits.length < 9 && isThousands(written));
  }
  const [group] = written;
  return group !== undefined && (group.label === "phone" || isAloneInLine(plain.text, group));
}
