/** What was typed into the search box: words, or numbers pasted from somewhere. */
export type SearchQuery =
  | { kind: "all" }
  | { kind: "text"; text: string; digits: string | null }
  | { kind: "numbers"; numbers: string[] };

/** Digits with what people put between them; anything else ends the run. */
const NUMBER_LIKE = /\+?[\d(][\d ().\u2010-\u2015/-]*/g;
const ONLY_A_NUMBER = /^\+?[\d ().\u2010-\u2015/-]+$/;
const FEWEST_DIGITS = 6;
/** More digits than the longest phone number (ITU-T E.164: 15) or phone_number_id seen. */
const MOST_DIGITS = 17;
const MOST_NUMBERS = 500;

/**
 * Reads a search. Pasted text with two or more phone numbers or ids (an e-mail, a column of a
 * spreadsheet) asks for each of them, whatever its punctuation; anything else is looked for in
 * labels and accounts, and the digits or the one number in it in phones and ids.
 */
export function parseSearchQuery(typed: string): SearchQuery {
  const normal = typed.normalize("NFKC").replace(/[^\S\n\t]+/g, " ");
  const text = normal.trim().replace(/\s+/g, " ");
  if (text === "") return { kind: "all" };
  const numbers = findNumbers(normal);
  if (numbers.length >= 2) return { kind: "numbers", numbers: numbers.slice(0, MOST_NUMBERS) };
  const digits = ONLY_A_NUMBER.test(text) ? onlyDigits(text) : numbers[0];
  return { kind: "text", text, digits: digits || null };
}

function findNumbers(text: string): string[] {
  const runs = text.match(NUMBER_LIKE) ?? [];
  const numbers = runs.flatMap((run) =>
    onlyDigits(run).length > MOST_DIGITS ? run.split(" ").map(onlyDigits) : [onlyDigits(run)],
  );
  return [...new Set(numbers)].filter((digits) => digits.length >= FEWEST_DIGITS);
}

/**
 * Without punctuation, and without the zeros that stand for a prefix: `00` for `+`, the trunk
 * `0` of a national number, `(0)` inside an international one.
 */
function onlyDigits(text: string): string {
  return text.replace(/\(0\)/g, "").replace(/\D/g, "").replace(/^0+/, "");
}
