import { isValidPhoneNumber } from "libphonenumber-js/min";
import { phoneSpellings, splitPhone } from "#sdk/rules/phone-spellings.ts";
import { MIN_WITH_AREA } from "./digit-groups.ts";
import { candidatesEndingAt, MIN_DIGITS } from "./find-candidates.ts";
import type { Hit } from "./known-numbers.ts";
import { isListIndex } from "./list-index.ts";
import { isAloneInLine, isThousands, YEAR } from "./read-rest.ts";
import type { ScannedGroup, ScannedText } from "./scan-text.ts";

/** A line break of a mail within a number. */
const WRAP = /^ ?\n[ >]*$/;
/** The limit of E.164. */
const MAX_DIGITS = 15;
/** Countries in which a longer number may begin with a shorter one: Germany, Austria. */
const OPEN_NUMBERING = /^4[39]/;

/**
 * Whether a hit with the digits of a phone is likely meant as one: not if it is part of a longer number
 * that is not in the roster, nor if it is a date, an amount or an order's number.
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

/** Whether the hit has the shape of something else; a shape may still be a small part of a phone. */
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
 * Whether the hit continues a number that began before it with `+` or 00. Not if that number is complete
 * already, or would get too long.
 */
function isWithinInternational({ groups }: ScannedText, { first, digits }: Hit): boolean {
  let length = 0;
  for (let index = first; index >= 0; index -= 1) {
    const group = groups[index];
    length += group?.digits.length ?? 0;
    if (!group || length > MAX_DIGITS + 2) return false;
    const begun = groups.slice(index, first);
    if (group.hasPlus)
      return index < first && length <= MAX_DIGITS && !isFullNumber(begun, groups[first]);
    // "001" may also count a branch.
    if (index < first && group.gap !== "tight" && /^00[1-9]/.test(group.digits)) {
      const whole = begun.map((one) => one.digits).join("") + digits;
      return !isFullNumber(begun, groups[first]) && isValidPhoneNumber(`+${whole.slice(2)}`);
    }
    if (group.gap !== "tight" && !WRAP.test(group.between)) return false;
  }
  return false;
}

/** Whether the beginning of these groups is a complete international number, or is as long as one at the end of its line. */
function isFullNumber(begun: readonly ScannedGroup[], behind: ScannedGroup | undefined): boolean {
  let digits = "";
  return begun.some((group, index) => {
    digits += group.digits;
    const next = begun[index + 1] ?? behind;
    const isLine = digits.length >= MIN_WITH_AREA && next?.gap !== "tight";
    return isLine || isValidPhoneNumber(`+${digits.replace(/^00/, "")}`);
  });
}

/** Whether an area code or country code before the hit makes it another, longer number. */
function isLongerBefore(scan: ScannedText, { first, digits, form, numbers }: Hit): boolean {
  const { groups } = scan;
  const before = groups[first - 1];
  const isNear =
    groups[first]?.gap === "tight" ||
    /^ ?[/-] ?$/.test(groups[first]?.between ?? "") ||
    (form === "local" && isInNextCell(scan, first));
  if (!before || !isNear || before.digits.length > 4 || isListIndex(scan, first - 1)) return false;
  // "2 (11998765432, …": the 2 is a count.
  const isInBrackets = /\($/.test(groups[first]?.between ?? "");
  if (isInBrackets && (groups[first]?.digits.length ?? 0) >= MIN_DIGITS) return false;
  if (before.shape !== null) return false;
  // "24/7", "v2.0": `before` belongs to something else.
  if (/^[/.:,x]$/.test(before.between)) return false;
  // "2026-310-…": a case number of that year.
  if (groups[first]?.between === "-" && YEAR.test(before.digits) && !before.shape) return true;
  const isTight = groups[first]?.gap === "tight";
  if (!isTight && (before.gap === "tight" || (form === "national" && !before.hasPlus)))
    return false;
  const countryCode = splitPhone(numbers[0]?.displayPhoneNumber ?? "").countryCode;
  // In Argentina's "(0341) 15 640-2211" the area code is before the 15.
  if (countryCode === "54" && before.digits === "15" && before.gap === "tight") {
    const area = groups[first - 2]?.digits.replace(/^0/, "") ?? "";
    return isRealPhone(`+54${area}15${digits}`);
  }
  if (before.gap === "tight" && isEndOfNumber(groups, first - 1)) return false;
  const longer = (before.digits + digits).replace(/^0/, "");
  if (form === "local" && isRealPhone(`+${countryCode}${longer}`)) return true;
  // "Loja 3 554 …": nobody splits the country code 355 like that.
  const isWhole = splitPhone(`+${longer}`).countryCode.length <= before.digits.length;
  return isWhole && isRealPhone(`+${longer}`);
}

/** Whether the group before is an area code in its own column of a table: "Vendas;31;97130-0001". */
function isInNextCell({ groups, plain }: ScannedText, first: number): boolean {
  const [before, group] = [groups[first - 1], groups[first]];
  const isCell = group?.gap === "cell" || group?.between === '","';
  if (!isCell || !before || !/^0?[1-9][0-9]{1,3}$/.test(before.digits)) return false;
  return /(?:^|[\n\t|;"] *\(?)$/.test(
    plain.text.slice(Math.max(0, before.start - 8), before.start),
  );
}

/** Whether the digits up to `last` are many enough to be a number of their own, or the middle of one. */
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
  // In the dialled form, too: +54 341 15 640-2211.
  return phoneSpellings(e164).some((spelling) => isValidPhoneNumber(spelling));
}

/** Whether a longer number goes on after the hit: "+49 30 23125-101" is not +49 30 23125. */
function isLongerBehind({ groups }: ScannedText, { last, numbers }: Hit): boolean {
  const phone = numbers[0]?.displayPhoneNumber.slice(1) ?? "";
  const next = groups[last + 1];
  if (next?.between !== "-" || !OPEN_NUMBERING.test(phone)) return false;
  return isValidPhoneNumber(`+${phone}${next.digits}`);
}

/** Whether digits without an area code look like a phone by their groups, their line or a word before them. */
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
