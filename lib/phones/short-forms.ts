import { candidatesEndingAt, MIN_DIGITS, toEnding } from "./find-candidates.ts";
import type { ScannedGroup } from "./scan-text.ts";

/** The last digits of a number whose other digits are those of the number before: "97654-0001/0002". */
export type ShortForm = {
  digits: string;
  /** Whether it ends a range: "0001 a 0010". */
  isRange: boolean;
};

/** "… e o final 0002", "… and the one ending in 0002". */
const ENDING =
  "(?:(?:o|os|a|as|el|la|los|las|il|the|der|die|le) +)?(?:one +|de +)?(?:finale?|fim|terminad[oa]s?(?: em| en)?|ending(?: in| with)?|endend auf|finissant par) +";
const OR = new RegExp(
  `^\\s*(?:\\/|\\\\|,|;|&|\\+|e|y|i|and|und|et|ou|o|or|oder|ed)\\s*(?:-|${ENDING})?$`,
  "i",
);
const TO =
  /^\s*(?:a|al|ao|ate|hasta|to|through|thru|bis|au|fino a|\.\.+|\u2014|~|\u2192|[-=]+>)\s*$|^ +- +$/i;
/** Without the hyphen, which between two full numbers only separates them. */
const TO_IN_WORDS = /^[)\s]*(?:a|al|ao|ate|hasta|to|through|thru|bis|au|fino a|\.\.+)[(\s]*$/i;
const MAX_STEPS = 8;
const MAX_RANGE = 100;
/** The most groups of a number, including dialled prefixes. */
const MAX_GROUPS = 6;

/** Reads a group as the short form of a number before it; null if it is none. */
export function readShortForm(groups: readonly ScannedGroup[], index: number): ShortForm | null {
  const group = groups[index];
  if (!group) return null;
  const { digits, between, hasPlus } = group;
  if (digits.length >= MIN_DIGITS || hasPlus) return null;
  // One or two digits may mean anything, unless they follow a slash.
  const fewest = /^ ?\/ ?$/.test(between) ? 1 : 3;
  if (digits.length < fewest) return null;
  if (TO.test(between) || isCountedOn(group, groups[index - 1])) return { digits, isRange: true };
  return OR.test(between) ? { digits, isRange: false } : null;
}

/** Whether a hyphen means a range, as in "3300 1001-1003". */
function isCountedOn({ digits, between }: ScannedGroup, before: ScannedGroup | undefined): boolean {
  if (between !== "-" || before === undefined || digits.length !== 4) return false;
  return before.digits.slice(-4).length === 4 && countSteps(before.digits.slice(-4), digits) > 0;
}

/** The numbers that a short form after `base` stands for; the last one is the one written. */
export function expandShortForm(base: string, { digits, isRange }: ShortForm): string[] {
  const head = base.slice(0, -digits.length);
  const last = `${head}${digits}`;
  return isRange ? [...numbersBetween(base, last), last] : [last];
}

/** The numbers between two that differ only in their last digits, exclusive; empty if there are too many. */
function numbersBetween(from: string, to: string): string[] {
  const [low, high] = [from.slice(-MIN_DIGITS), to.slice(-MIN_DIGITS)];
  const head = from.slice(0, -low.length);
  const steps = countSteps(low, high);
  return Array.from(
    { length: Math.max(0, steps - 1) },
    (_, step) => `${head}${String(Number(low) + step + 1).padStart(low.length, "0")}`,
  );
}

function countSteps(from: string, to: string): number {
  const steps = Number(to) - Number(from);
  return steps > MAX_RANGE ? 0 : steps;
}

/** The numbers between two full ones, exclusive; one may lack the other's prefix. */
export function expandRange(from: string, to: string): string[] {
  const [head, other] = [from, to].map((digits) => digits.slice(0, -MIN_DIGITS));
  if (head === undefined || other === undefined) return [];
  if (!head.endsWith(other) && !other.endsWith(head)) return [];
  const longer = head.length < other.length ? other : head;
  return numbersBetween(longer + toEnding(from), longer + toEnding(to));
}

/** Whether a full number that begins with this group ends a range: "3300-1001 a 3300-1005". */
export function endsRange(group: ScannedGroup | undefined): boolean {
  return group !== undefined && TO_IN_WORDS.test(group.between);
}

/** The endings that a group may stand for as a short form of any full number before it. */
export function shortFormEndings(groups: readonly ScannedGroup[], index: number): string[] {
  const short = readShortForm(groups, index);
  if (!short) return [];
  const endings: string[] = [];
  for (let base = index - 1; base >= 0 && base >= index - MAX_STEPS; base -= 1) {
    const [shortest] = candidatesEndingAt(groups, base);
    if (shortest) endings.push(...expandShortForm(shortest.digits, short).map(toEnding));
    if (!readShortForm(groups, base)) break;
  }
  return endings;
}

/** The endings between the number before a group and any number that begins with it. */
export function rangeEndings(groups: readonly ScannedGroup[], index: number): string[] {
  const [from] = endsRange(groups[index]) ? candidatesEndingAt(groups, index - 1) : [];
  if (!from) return [];
  const endings: string[] = [];
  for (let last = index; last < index + MAX_GROUPS; last += 1) {
    const to = candidatesEndingAt(groups, last).find(({ first }) => first === index);
    if (to) endings.push(...numbersBetween(toEnding(from.digits), toEnding(to.digits)));
  }
  return endings;
}
