import type { Hit } from "./known-numbers.ts";
import { isAmbiguous, type KnownNumber } from "./known-numbers.ts";
import { isListIndex } from "./list-index.ts";
import { areaCodes } from "./phone-forms.ts";
import { YEAR } from "./read-rest.ts";
import type { ScannedText } from "./scan-text.ts";

const AREA = /^0?[1-9][0-9]{1,3}$/;
const AREA_WORD =
  /(?<!\p{L})(?:ddd|lada|area(?: code)?|codigo de area|prefijo|prefixo|prefisso|vorwahl)[\s:.(]*$/iu;
const LOOK_BACK = 24;
/** "(11) Cel. 96420-7710": a word or two may be in between. */
const MAX_BETWEEN = 24;

/**
 * Narrows hits without an area code to the area that their line names, right before the number
 * ("(11) Cel. 96420-7710") or with the number before ("(11) 96420-7710 ou 3028-4455").
 */
export function narrowByArea(scan: ScannedText, hits: readonly Hit[]): Hit[] {
  let previous: Hit | null = null;
  return hits.flatMap((hit): Hit[] => {
    const before = previous;
    if (hit.form !== "local") {
      previous = hit;
      return [hit];
    }
    const named = findAreaBefore(scan, hit.first);
    const numbers = named !== null ? ofArea(hit.numbers, named) : likeBefore(scan, hit, before);
    if (numbers.length === 0) return [];
    previous = { ...hit, numbers };
    return [previous];
  });
}

/** Finds an area code in brackets or after a word for it; its digits without the trunk zero. */
function findAreaBefore(scan: ScannedText, first: number): string | null {
  const [group, area] = [scan.groups[first], scan.groups[first - 1]];
  if (!group || !area || area.hasPlus) return null;
  if (!AREA.test(area.digits) || YEAR.test(area.digits)) return null;
  const between = scan.plain.text.slice(area.end, group.start);
  if (between.includes("\n") || between.length > MAX_BETWEEN) return null;
  return isWrittenAsArea(scan, first - 1) ? area.digits.replace(/^0/, "") : null;
}

function isWrittenAsArea(scan: ScannedText, index: number): boolean {
  const { start = 0, end = 0 } = scan.groups[index] ?? {};
  const { text } = scan.plain;
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  if (AREA_WORD.test(before)) return true;
  return /\($/.test(before) && text[end] === ")" && !isListIndex(scan, index);
}

function ofArea(numbers: readonly KnownNumber[], area: string): KnownNumber[] {
  return numbers.filter(({ displayPhoneNumber }) => {
    const national = areaCodes(displayPhoneNumber);
    return national.some((code) => code.endsWith(area));
  });
}

/** Narrows to the area of the number before in the line; keeps all if there is none, or none matches. */
function likeBefore(
  { groups, plain: { text } }: ScannedText,
  { first, numbers }: Hit,
  before: Hit | null,
): KnownNumber[] {
  const [other] = before?.numbers ?? [];
  if (!before || !other || before.form === "id" || isAmbiguous(before.numbers)) return numbers;
  if (text.slice(groups[before.last]?.end, groups[first]?.start).includes("\n")) return numbers;
  const areas = areaCodes(other.displayPhoneNumber);
  const alike = numbers.filter(({ displayPhoneNumber }) =>
    areaCodes(displayPhoneNumber).some((code) => areas.includes(code)),
  );
  return alike.length > 0 ? alike : numbers;
}
