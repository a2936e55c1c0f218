import type { ScannedText } from "./scan-text.ts";

const MAX_DIGITS = 3;
const LINE_START = /(?:^|[\n\t|;])[ \t>*\u2022#([\-\u2014]*$/;
const MARK = /^ ?(?:[.)\]:]|\.?[ao\u00BA\u00AA]\b|\.-|[-\u2014|]|\t)(?=[ \t(+]|$)/;
const CLOSED = /^\)(?=[ \t])/;
const POINT = /^ ?[.)\]](?=[ \t(+])/;
/** "(0xx31) …". */
const ANY_CARRIER = /0 ?(?:xx|\*\*|__|--) ?$/i;
const LOOK_BACK = 16;

/** Whether a group is the index of a list item: "1.", "2)", "3 -", or a 4 at the start of the line after a 3. */
export function isListIndex(scan: ScannedText, index: number): boolean {
  const group = scan.groups[index];
  if (!group || group.digits.length > MAX_DIGITS || group.hasPlus) return false;
  const { text } = scan.plain;
  const before = text.slice(Math.max(0, group.start - LOOK_BACK), group.start);
  const behind = text.slice(group.end, group.end + 4);
  const isBracketed = /[([] *$/.test(before);
  if (CLOSED.test(behind) && !isBracketed && !ANY_CARRIER.test(before)) return true;
  if (/#$/.test(before) && group.digits.length < MAX_DIGITS && /^[ :.)-]/.test(behind)) return true;
  if (!LINE_START.test(group.start <= LOOK_BACK ? `\n${before}` : before)) return false;
  const isSmall = Number(group.digits) < 10;
  if (MARK.test(behind) && isSmall) return true;
  return (!isBracketed && POINT.test(behind)) || countsOn(scan, index);
}

/** Whether the line before begins with one less, or the next with one more. */
function countsOn(scan: ScannedText, index: number): boolean {
  const value = Number(scan.groups[index]?.digits);
  return firstOfLine(scan, index, -1) === value - 1 || firstOfLine(scan, index, 1) === value + 1;
}

function firstOfLine({ groups, plain }: ScannedText, index: number, step: 1 | -1): number | null {
  const isFirst = (at: number) =>
    LINE_START.test(`\n${plain.text.slice(groups[at - 1]?.end ?? 0, groups[at]?.start)}`) &&
    /^$|\n/.test(at === 0 ? "" : (groups[at]?.between ?? ""));
  for (
    let at = index + step, seen = 0;
    at >= 0 && at < groups.length && seen < 12;
    at += step, seen += 1
  ) {
    if (isFirst(at)) return Number(groups[at]?.digits);
  }
  return null;
}
