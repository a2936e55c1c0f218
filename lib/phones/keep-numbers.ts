import { toPlainText } from "./plain-text.ts";

/** Words before a number tell what it is; what is further away does not matter. */
const BEFORE = 40;
const BEHIND = 12;
const LONG_WORDS = new RegExp(`([^\\d\\n]{${BEHIND}})[^\\d\\n]{4,}([^\\d\\n]{${BEFORE}})`, "gu");
const HAS_DIGIT = /\p{Nd}/u;

/** A long text without the lines and words that say nothing of its numbers; those stay as they are written. */
export function keepNumbers(source: string): string {
  const plain = toPlainText(source);
  const seen = plain.isCoded ? plain.text : source.replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n");
  const lines = seen.split("\n");
  // A line end is kept beside each line that has a digit: two lines that were apart stay apart.
  const kept = lines.map((line) => (HAS_DIGIT.test(line) ? line.trim() : ""));
  return kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(LONG_WORDS, "$1\u2026$2")
    .trim();
}
