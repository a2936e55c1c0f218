import { foldText } from "../fold-text.ts";
import { findWanted } from "../phones/find-wanted.ts";
import { type NumbersReading, readNumbers } from "../phones/read-numbers.ts";
import { scanText } from "../phones/scan-text.ts";
import { findKnownNumbers } from "./find-known-numbers.ts";

/** What somebody typed or pasted into the search box: words, or a text that names numbers. */
export type Search =
  | { kind: "all" }
  | {
      kind: "text";
      text: string;
      /** The text's digits if it is only a number, or the beginning of one. */
      digits: string | null;
      /** The numbers of the roster that the text names or may name. */
      phoneNumberIds: string[];
      reading: NumbersReading;
    }
  | { kind: "numbers"; phoneNumberIds: string[]; reading: NumbersReading };

const ONLY_A_NUMBER = /^\+?[\d ()./-]+$/;
/** No label or account's name has more characters. */
const MAX_LABEL = 200;

/** Searches that are being read, by text: the list and the summary above it read the same one at once. */
const pending = new Map<string, Promise<Search>>();

/** Reads a search; concurrent calls with one text share the result. */
export function readSearch(typed: string): Promise<Search> {
  const existing = pending.get(typed);
  if (existing) return existing;
  const reading = readText(typed).finally(() => pending.delete(typed));
  pending.set(typed, reading);
  return reading;
}

/**
 * A text that names two or more numbers, is a number, or is longer than any label is a search for the numbers
 * it names. Anything else is searched for in every field, and a number in it in all spellings.
 */
async function readText(typed: string): Promise<Search> {
  const text = typed.normalize("NFKC").trim().replace(/\s+/g, " ");
  // Empty, or invisible characters only.
  if (foldText(text) === "") return { kind: "all" };
  const scan = scanText(typed);
  const reading = readNumbers(scan, await findKnownNumbers(findWanted(scan)));
  const phoneNumberIds = [...reading.found, ...reading.ambiguous].flatMap(
    (named) => named.phoneNumberIds,
  );
  const plain = scan.plain.text.trim().replace(/\s+/g, " ");
  const isNumber = ONLY_A_NUMBER.test(plain);
  const isNamed = isNumber && phoneNumberIds.length > 0;
  if (isNamed || countNumbers(reading) >= 2 || text.length > MAX_LABEL) {
    return { kind: "numbers", phoneNumberIds, reading };
  }
  const digits = (isNumber && withoutPrefix(plain)) || null;
  return { kind: "text", text, digits, phoneNumberIds, reading };
}

function countNumbers({ found, ambiguous, notFound, damaged }: NumbersReading): number {
  return found.length + ambiguous.length + notFound.length + damaged.length;
}

/** Digits without a `00` for `+`, the trunk `0` of a national number, or `(0)` inside an international one. */
function withoutPrefix(text: string): string {
  return text.replace(/\(0\)/g, "").replace(/\D/g, "").replace(/^0+/, "");
}
