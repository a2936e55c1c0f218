import type { ScannedGroup } from "./scan-text.ts";

/** Neighbouring groups that may be one number: from `first` to `last`, both included. */
export type Candidate = { first: number; last: number; digits: string };

/** Fewer digits do not tell one number from others. */
export const MIN_DIGITS = 7;
/** 15 of E.164, and up to five that are dialled before it. */
const MAX_DIGITS = 20;
const MAX_GROUPS = 16;
/** Meta's ids have 15 to 18 digits now; a roster may have longer ones. */
const MAX_ID_DIGITS = 32;
const MIN_ID_DIGITS = 8;
const MIN_JOINED_ID_DIGITS = 14;

/** Every run of neighbouring groups that ends at `last` and may be a phone. */
export function candidatesEndingAt(groups: readonly ScannedGroup[], last: number): Candidate[] {
  const candidates: Candidate[] = [];
  let digits = "";
  for (let first = last; first > last - MAX_GROUPS; first -= 1) {
    const group = groups[first];
    if (!group) break;
    digits = group.digits + digits;
    if (digits.length > MAX_DIGITS) break;
    if (digits.length >= MIN_DIGITS) candidates.push({ first, last, digits });
    if (group.hasPlus || group.gap === "break") break;
  }
  return candidates;
}

/**
 * Every run of neighbouring groups that ends at `last` and may be a phone_number_id: a single group, groups
 * of three or four digits with one sign between them, or groups with only invisible characters between.
 */
export function idCandidatesEndingAt(groups: readonly ScannedGroup[], last: number): Candidate[] {
  const group = groups[last];
  if (!group) return [];
  const candidates = mayBeId(group) ? [{ first: last, last, digits: group.digits }] : [];
  let digits = group.digits;
  for (let first = last; first > last - MAX_GROUPS; first -= 1) {
    const { between, digits: own } = groups[first] ?? group;
    const before = groups[first - 1];
    if (!before || between !== group.between || !/^[ ,.'-]?$/.test(between)) break;
    if (between !== "" && (own.length < 3 || own.length > 4)) break;
    digits = before.digits + digits;
    if (digits.length > MAX_ID_DIGITS) break;
    if (digits.length >= MIN_JOINED_ID_DIGITS) candidates.push({ first: first - 1, last, digits });
  }
  return candidates;
}

/** After a `+`, only what is too long for a phone may be an id. */
function mayBeId({ digits: { length }, hasPlus }: ScannedGroup): boolean {
  return length >= (hasPlus ? MIN_JOINED_ID_DIGITS : MIN_ID_DIGITS) && length <= MAX_ID_DIGITS;
}

/** The last seven digits, which all spellings of a phone share. */
export function toEnding(digits: string): string {
  return digits.slice(-MIN_DIGITS);
}
