import { toPlainText } from "./plain-text.ts";

/** How many characters before a number are kept: nearby words tell what it is. */
const BEFORE = 40;
const BEHIND = 12;
const LONG_WORDS = new RegExp(`([^\\d\\n]{${BEHIND}})[^\\d\\n]{4,}([^\\d\\n]{${BEFORE}})`, "gu");
const HAS_DIGIT = /\p{Nd}/u;

/** Shortens a long text to its numbers, as they are written, and the words next to them. */
export function shortenToNumbers(source: string): string {
  const plain = toPlainText(source);
  const seen = plain.isCoded ? plain.text : source.replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n");
  const lines = seen.split("\n");
  // Keep a line break next to each line with a digit, so that separate lines stay separate.
  const kept = lines.map((line) => (HAS_DIGIT.test(line) ? line.trim() : ""));
  return kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(LONG_WORDS, "$1\u2026$2")
    .trim();
}
