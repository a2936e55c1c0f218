/**
 * The gap between two groups of digits: `tight` within a number, `loose` within a wrapped number or
 * between two, `cell` between the cells of a table, `break` between two numbers.
 */
type Gap = "tight" | "loose" | "cell" | "break";

/** A run of digits in a plain text. */
export type DigitGroup = {
  digits: string;
  start: number;
  end: number;
  /** The text between it and the group before. */
  between: string;
  gap: Gap;
  /** Whether a `+` is before it, so that a number with its country code begins here. */
  hasPlus: boolean;
};

const TIGHT = /^(?: |[.\-_\u00B7]|\)? ?\(? ?|\)[.\-/]|\] ?)$/;
const LOOSE = /^[ .\-()_\u00B7/,:'`\u2014>*\n]+$/;
const CELL = /^[ \t|;"']+$/;
/** 0xx11, 0**11: "the carrier of your choice". */
const ANY_CARRIER = /^ ?(?:xx|XX|\*\*|__|--) ?[-)]? ?\(?$/;
const ENDS_WITH_PLUS = /\+[ (]*$/;
/** "… 0132 + 415 …": a `+` that means "and". */
const PLUS_AS_AND = /^\)?\s+\+\s+\(?$/;
/** The limit of E.164. */
const MAX_DIGITS = 15;
/** The fewest digits of a number with its area code, in nearly all countries. */
export const MIN_WITH_AREA = 10;
/** Separates numbers: two line breaks, or two commas, which are pauses in a dialled number. */
const PARTS = /\n[ >*]*\n|,,|\/\/|::/;

/** The groups of digits of a plain text, in order. */
export function findDigitGroups(text: string): DigitGroup[] {
  const groups: DigitGroup[] = [];
  let end = 0;
  for (const match of text.matchAll(/[0-9]+/g)) {
    const [digits] = match;
    const raw = text.slice(end, match.index).replace(/[\u200B\\]/g, "");
    const before = groups.at(-1);
    const between = raw === "+" && isUnfinished(text, groups, digits) ? " " : raw;
    groups.push({
      digits,
      start: match.index,
      end: match.index + digits.length,
      between,
      gap: before === undefined ? "break" : classifyGap(between, before),
      hasPlus: ENDS_WITH_PLUS.test(between) && !(before && PLUS_AS_AND.test(between)),
    });
    end = match.index + digits.length;
  }
  return groups;
}

/**
 * Whether the last groups are an incomplete number that the next digits continue: "+55+11+99812…", where
 * the `+` stands for a blank, as in a URL.
 */
function isUnfinished(text: string, groups: readonly DigitGroup[], next: string): boolean {
  let length = 0;
  for (const { digits, gap, hasPlus, start } of groups.slice(-MAX_DIGITS).reverse()) {
    length += digits.length;
    if (length >= MIN_WITH_AREA || length + next.length > MAX_DIGITS) return false;
    if (hasPlus || text[start - 1] === "=") return true;
    if (gap !== "tight") return false;
  }
  return false;
}

function classifyGap(between: string, before: DigitGroup): Gap {
  if (TIGHT.test(between)) return "tight";
  if (/^0+$/.test(before.digits) && ANY_CARRIER.test(between)) return "tight";
  if (LOOSE.test(between) && !PARTS.test(between)) return "loose";
  return CELL.test(between) ? "cell" : "break";
}
