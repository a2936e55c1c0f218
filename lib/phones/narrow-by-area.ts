import type { Hit } from "./choose-hits.ts";
import type { KnownNumber } from "./known-numbers.ts";
import { areaCodes } from "./phone-forms.ts";
import type { ScannedGroup, ScannedText } from "./scan-text.ts";

const AREA = /^0?[1-9][0-9]{1,3}$/;
const AREA_WORD =
  /(?<!\p{L})(?:ddd|lada|area(?: code)?|codigo de area|prefijo|prefixo|prefisso|vorwahl)[\s:.(]*$/iu;
const LOOK_BACK = 24;
/** "(11) Cel. 96420-7710": a word or two. */
const MOST_BETWEEN = 24;

/**
 * Of numbers that were written without their area code, those of the area that the line names: right
 * before ("(11) Cel. 96420-7710"), or with the number before ("(11) 96420-7710 ou 3028-4455").
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

/** An area code that stands alone before words, as digits without the zero that is dialled. */
function findAreaBefore({ groups, plain: { text } }: ScannedText, first: number): string | null {
  const [group, area] = [groups[first], groups[first - 1]];
  if (!group || !area || area.hasPlus || !AREA.test(area.digits)) return null;
  const between = text.slice(area.end, group.start);
  if (between.includes("\n") || between.length > MOST_BETWEEN || !/\p{L}/u.test(between))
    return null;
  return isWrittenAsArea(text, area) ? area.digits.replace(/^0/, "") : null;
}

function isWrittenAsArea(text: string, { start, end }: ScannedGroup): boolean {
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  return AREA_WORD.test(before) || (/\($/.test(before) && text[end] === ")");
}

function ofArea(numbers: readonly KnownNumber[], area: string): KnownNumber[] {
  return numbers.filter(({ displayPhoneNumber }) => {
    const national = areaCodes(displayPhoneNumber);
    return national.some((code) => code.endsWith(area));
  });
}

/** All of them, where the line has no number before or none of these is of its area. */
function likeBefore(
  { groups, plain: { text } }: ScannedText,
  { first, numbers }: Hit,
  before: Hit | null,
): KnownNumber[] {
  const [other, ...more] = before?.numbers ?? [];
  if (!before || !other || more.length > 0 || before.form === "id") return numbers;
  if (text.slice(groups[before.last]?.end, groups[first]?.start).includes("\n")) return numbers;
  const areas = areaCodes(other.displayPhoneNumber);
  const alike = numbers.filter(({ displayPhoneNumber }) =>
    areaCodes(displayPhoneNumber).some((code) => areas.includes(code)),
  );
  return alike.length > 0 ? alike : numbers;
}
