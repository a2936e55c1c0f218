import { foldText } from "../fold-text.ts";
import { findWanted } from "../phones/find-wanted.ts";
import { type NumbersReading, readNumbers } from "../phones/read-numbers.ts";
import { scanText } from "../phones/scan-text.ts";
import { findKnownNumbers } from "./find-known-numbers.ts";

/** What was typed into the search box: words, or text with numbers in it that was pasted from somewhere. */
export type Search =
  | { kind: "all" }
  | {
      kind: "text";
      text: string;
      /** The text's digits where it is nothing but a number, or the first of one. */
      digits: string | null;
      /** The number of the roster that the text names, or those that it may name. */
      phoneNumberIds: string[];
      reading: NumbersReading;
    }
  | { kind: "numbers"; phoneNumberIds: string[]; reading: NumbersReading };

const ONLY_A_NUMBER = /^\+?[\d ()./-]+$/;
/** No label and no account has more characters. */
const LONGEST_LABEL = 200;

/** Searches under way, by text: the list and what stands above it ask for one at the same time. */
const pending = new Map<string, Promise<Search>>();

/** Reads a search, once for all who ask for the same one meanwhile. */
export function readSearch(typed: string): Promise<Search> {
  const underWay = pending.get(typed);
  if (underWay) return underWay;
  const reading = readText(typed).finally(() => pending.delete(typed));
  pending.set(typed, reading);
  return reading;
}

/**
 * Text that names two or more numbers, is one, or is longer than any label, asks for those that it
 * names; anything else is looked for in every field, and a number in it in all spellings.
 */
async function readText(typed: string): Promise<Search> {
  const text = typed.normalize("NFKC").trim().replace(/\s+/g, " ");
  // Nothing at all, or nothing that can be seen.
  if (foldText(text) === "") return { kind: "all" };
  const scan = scanText(typed);
  const reading = readNumbers(scan, await findKnownNumbers(findWanted(scan)));
  const phoneNumberIds = [...reading.found, ...reading.ambiguous].flatMap(
    (named) => named.phoneNumberIds,
  );
  const plain = scan.plain.text.trim().replace(/\s+/g, " ");
  const isNumber = ONLY_A_NUMBER.test(plain);
  const isNamed = isNumber && phoneNumberIds.length > 0;
  if (isNamed || countNumbers(reading) >= 2 || text.length > LONGEST_LABEL) {
    return { kind: "numbers", phoneNumberIds, reading };
  }
  const digits = (isNumber && withoutPrefix(plain)) || null;
  return { kind: "text", text, digits, phoneNumberIds, reading };
}

function countNumbers({ found, ambiguous, notFound, damaged }: NumbersReading): number {
  return found.length + ambiguous.length + notFound.length + damaged.length;
}

/** Without `00` for `+`, the trunk `0` of a national number, `(0)` inside an international one. */
function withoutPrefix(text: string): string {
  return text.replace(/\(0\)/g, "").replace(/\D/g, "").replace(/^0+/, "");
}
