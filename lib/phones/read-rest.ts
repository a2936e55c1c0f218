import { MIN_WITH_AREA } from "./digit-groups.ts";
import { MIN_DIGITS } from "./find-candidates.ts";
import { isListIndex } from "./list-index.ts";
import type { ScannedGroup, ScannedText } from "./scan-text.ts";

/** Groups that name no number of the roster, and what they look like; `nothing` is not reported. */
export type RestUnit = {
  first: number;
  last: number;
  digits: string;
  kind: "number" | "ignored" | "damaged" | "nothing";
};

/** 15 is the limit of E.164; a phone_number_id has a few more. */
const MAX_PHONE_DIGITS = 15;
const MAX_ID_DIGITS = 18;
const MIN_SHOWN = 4;
export const YEAR = /^(?:19|20)[0-9]{2}$/;
/** The dialled prefix of an international number. */
const BEGINS_NUMBER = /^00[1-9]/;
const EXTENSION =
  /(?:^|[ .,;(])(?:x|p|w|e?xt|ext(?:en)?s(?:ion|ao)|extension|ramal|rml?|interno|int|anexo|apparat|durchwahl|poste|dw)[ .:]*$|,,|;ext=$/i;

/** Reads the groups of a text that belong to no hit. */
export function readRest(scan: ScannedText, isUsed: readonly boolean[]): RestUnit[] {
  const units: RestUnit[] = [];
  for (let first = 0; first < scan.groups.length; first += 1) {
    if (isUsed[first]) continue;
    const last = findEnd(scan, first, isUsed);
    for (const [start, end] of splitRun(scan.groups, first, last)) {
      const digits = scan.groups
        .slice(start, end + 1)
        .reduce((all, group) => all + group.digits, "");
      units.push({ first: start, last: end, digits, kind: kindOf(scan, start, end) });
    }
    first = last;
  }
  return units;
}

function findEnd(scan: ScannedText, first: number, isUsed: readonly boolean[]): number {
  const { groups } = scan;
  const start = groups[first];
  if (!start || isListIndex(scan, first)) return first;
  let { length } = start.digits;
  let last = first;
  for (let next = first + 1; next < groups.length && !isUsed[next]; next += 1) {
    const group = groups[next];
    if (!group || group.shape !== start.shape || (group.hasPlus && !start.shape)) break;
    const isWrapped = group.gap === "loose" && isUnfinished(start, length, group);
    if (start.shape === null && group.gap !== "tight" && !isWrapped) break;
    length += group.digits.length;
    last = next;
  }
  return last;
}

/** Whether the digits so far are an incomplete number, such as an area code; not an extension or a version. */
function isUnfinished(start: ScannedGroup, length: number, next: ScannedGroup): boolean {
  const total = length + next.digits.length;
  if (start.hasPlus) return length < MIN_WITH_AREA && total <= MAX_PHONE_DIGITS;
  const isNothing = start.label === "reference" || EXTENSION.test(start.between.slice(-12));
  if (isNothing || BEGINS_NUMBER.test(next.digits)) return false;
  const isJoin = /\n|^ ?\/ ?$/.test(next.between);
  const size = next.digits.length;
  return isJoin && !start.shape && mayBeAreaCode(length, size) && total <= MAX_PHONE_DIGITS;
}

function mayBeAreaCode(length: number, nextLength: number): boolean {
  if (length < 2 || length > 5) return false;
  return nextLength <= 9 && nextLength >= (length < 4 ? 4 : 5);
}

/** Splits a run of groups into numbers, if the lengths of its groups repeat. */
function splitRun(
  groups: readonly ScannedGroup[],
  first: number,
  last: number,
): [number, number][] {
  const lengths = groups.slice(first, last + 1).map(({ digits }) => digits.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const isOne = total <= MAX_PHONE_DIGITS || lengths.length === 1 || groups[first]?.shape;
  if (isOne) return [[first, last]];
  for (let period = 1; period <= lengths.length / 2; period += 1) {
    const size = lengths.slice(0, period).reduce((sum, length) => sum + length, 0);
    const repeats = lengths.every((length, index) => length === lengths[index % period]);
    if (size < MIN_DIGITS || lengths.length % period !== 0 || !repeats) continue;
    const starts = Array.from(
      { length: lengths.length / period },
      (_, part) => first + part * period,
    );
    return starts.map((start) => [start, start + period - 1]);
  }
  return [[first, last]];
}

function kindOf(scan: ScannedText, first: number, last: number): RestUnit["kind"] {
  const written = scan.groups.slice(first, last + 1);
  const [start] = written;
  if (!start) return "nothing";
  const digits = written.map((group) => group.digits).join("");
  if (start.shape?.kind === "damaged") return "damaged";
  if (isListIndex(scan, first) && written.length === 1) return "nothing";
  const rest =
    digits.length >= MIN_SHOWN && !(written.length === 1 && YEAR.test(digits))
      ? "ignored"
      : "nothing";
  if (start.shape) return rest;
  if (start.hasPlus) return digits.length >= MIN_DIGITS ? "number" : rest;
  if (start.label === "document" || start.label === "reference") return rest;
  if (start.label === "party" && digits.length < MIN_WITH_AREA) return rest;
  if (BEGINS_NUMBER.test(digits)) return digits.length >= MIN_DIGITS ? "number" : rest;
  if (EXTENSION.test(start.between.slice(-12))) return "nothing";
  if (digits.length < MIN_DIGITS || digits.length > MAX_ID_DIGITS) return rest;
  if (digits.length >= MIN_WITH_AREA) return "number";
  return looksLocal(scan, written) ? "number" : rest;
}

function looksLocal({ plain }: ScannedText, written: readonly ScannedGroup[]): boolean {
  const [start] = written;
  if (!start) return false;
  const isYears = written.every(({ digits }) => YEAR.test(digits));
  const { length } = written.map(({ digits }) => digits).join("");
  if (isYears || (isThousands(written) && length < 9)) return false;
  if (written.length > 1 || start.label === "phone") return true;
  return isAloneInLine(plain.text, start) || (length >= 9 && beginsLine(plain.text, start));
}

/** Whether the groups are thousands, as in "30 284 455". */
export function isThousands(written: readonly ScannedGroup[]): boolean {
  const [, ...rest] = written;
  return (
    rest.length > 0 && rest.every(({ digits, between }) => digits.length === 3 && between === " ")
  );
}

const LINE_LOOK = 200;

/** Whether a group begins its line, apart from a bullet or list index. */
function beginsLine(text: string, { start }: ScannedGroup): boolean {
  const before = text.slice(Math.max(0, start - LINE_LOOK), start);
  return !/\p{L}|[0-9]{2}/u.test(before.slice(before.lastIndexOf("\n") + 1));
}

/** Whether a group's line has no words, only numbers. */
export function isAloneInLine(text: string, { start, end }: ScannedGroup): boolean {
  const before = text.slice(Math.max(0, start - LINE_LOOK), start);
  const behind = text.slice(end, end + LINE_LOOK);
  const line = `${before.slice(before.lastIndexOf("\n") + 1)} ${behind.split("\n", 1)[0]}`;
  return !/\p{L}/u.test(line);
}
