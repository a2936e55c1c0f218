import { candidatesEndingAt, FEWEST_DIGITS, toEnding } from "./find-candidates.ts";
import type { ScannedGroup } from "./scan-text.ts";

/** The last digits of a number that differs from the one before in nothing else: "97654-0001/0002". */
export type ShortForm = {
  digits: string;
  /** Whether all numbers between the two are meant: "0001 a 0010". */
  isRange: boolean;
};

const OR = /^\s*(?:\/|\\|,|;|&|\+|e|y|i|and|und|et|ou|o|or|oder|ed)\s*-?$/i;
const TO = /^\s*(?:a|al|ao|ate|hasta|to|through|thru|bis|au|fino a|\.\.+|\u2014)\s*$|^ +- +$/i;
const MOST_STEPS = 8;
const LONGEST_RANGE = 100;

/** Reads a group as the short form of a number that begins the row it stands in. */
export function readShortForm(group: ScannedGroup): ShortForm | null {
  const { digits, between, hasPlus } = group;
  if (digits.length >= FEWEST_DIGITS || hasPlus) return null;
  // One or two digits may mean anything, but not right behind a slash.
  const fewest = /^ ?\/ ?$/.test(between) ? 1 : 3;
  if (digits.length < fewest) return null;
  if (TO.test(between)) return { digits, isRange: true };
  return OR.test(between) ? { digits, isRange: false } : null;
}

/** The digits of the numbers that a short form behind this one stands for; the last is the one written. */
export function expandShortForm(base: string, { digits, isRange }: ShortForm): string[] {
  const head = base.slice(0, -digits.length);
  const from = Number(base.slice(-digits.length));
  const to = Number(digits);
  if (!isRange || to <= from || to - from > LONGEST_RANGE) return [head + digits];
  return Array.from(
    { length: to - from },
    (_, step) => `${head}${String(from + step + 1).padStart(digits.length, "0")}`,
  );
}

/** The endings that a group may stand for, whichever of the groups before it ends the number in full. */
export function shortFormEndings(groups: readonly ScannedGroup[], index: number): string[] {
  const group = groups[index];
  const short = group ? readShortForm(group) : null;
  if (!short) return [];
  const endings: string[] = [];
  for (let base = index - 1; base >= 0 && base >= index - MOST_STEPS; base -= 1) {
    const [shortest] = candidatesEndingAt(groups, base);
    if (shortest) endings.push(...expandShortForm(shortest.digits, short).map(toEnding));
    const before = groups[base];
    if (!before || !readShortForm(before)) break;
  }
  return endings;
}
