import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { foldText } from "../fold-text.ts";
import { escapeLike } from "../text.ts";
import { toIndexedLetters } from "./indexed-letters.ts";
import type { Search } from "./read-search.ts";

/** Up to this many matches are selected by id, which is fast in any order of the list. */
const MAX_CANDIDATES = 2_000;
/** More different words than all fields of a number can have. */
const MAX_WORDS = 200;
/** The index does not find fewer letters in the middle of a word. */
const MIN_LETTERS_ANYWHERE = 3;
/** Scripts without blanks between words. */
const HAS_NO_WORD_BREAKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD_BEGINS = "(^|[\n !-/:-@\\[-`{-~])";
const NO_LETTER = /[^\p{L}\p{N}]/gu;
const IS_PHONE_LIKE = /^[\d+()./-]+$/;

/**
 * A search as a condition on `number n`.
 *
 * It queries a bounded number of candidates first: with a text condition in an `ORDER BY … LIMIT`,
 * PostgreSQL would walk the order's index through all numbers.
 */
export async function toSearchCondition(search: Search): Promise<Prisma.Sql> {
  switch (search.kind) {
    case "all":
      return Prisma.sql`TRUE`;
    case "numbers":
      return isOneOf(search.phoneNumberIds);
    case "text": {
      const matching = toSearched(search);
      const candidates = await db().$queryRaw<{ id: string }[]>`
        ${matching} LIMIT ${MAX_CANDIDATES + 1}`;
      if (candidates.length > MAX_CANDIDATES) {
        return Prisma.sql`(n.phone_number_id IN (${matching}) OR ${isOneOf(search.phoneNumberIds)})`;
      }
      return isOneOf([...candidates.map(({ id }) => id), ...search.phoneNumberIds]);
    }
  }
}

function isOneOf(phoneNumberIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`n.phone_number_id = ANY(${phoneNumberIds}::text[])`;
}

/** A query for the ids of numbers that have every word, or the digits in a phone or id. */
export function toSearched({ text, digits }: { text: string; digits: string | null }): Prisma.Sql {
  const alternatives = [hasEveryWord(foldText(text))];
  if (digits !== null && digits.length >= MIN_LETTERS_ANYWHERE) {
    alternatives.push(contains(digits));
  }
  return Prisma.sql`SELECT s.phone_number_id AS id FROM number_search s
                    WHERE ${Prisma.join(alternatives, " OR ")}`;
}

function hasEveryWord(folded: string): Prisma.Sql {
  const words = [...new Set(folded.split(" "))].filter((word) => word !== "");
  if (words.length > MAX_WORDS || words.length === 0) return Prisma.sql`FALSE`;
  return Prisma.sql`(${Prisma.join(words.map(hasWord), " AND ")})`;
}

function hasWord(word: string): Prisma.Sql {
  const isShort = [...word].length < MIN_LETTERS_ANYWHERE;
  if (isShort && !HAS_NO_WORD_BREAKS.test(word)) {
    const begins = (letters: string) => WORD_BEGINS + letters.replace(NO_LETTER, "\\$&");
    const isText = Prisma.sql`s.text ~ ${begins(word)}`;
    return isAscii(word) ? isText : andLetters(isText, "~", begins(toIndexedLetters(word)));
  }
  const digits = IS_PHONE_LIKE.test(word) ? word.replace(/\D/g, "") : "";
  if (digits.length < MIN_LETTERS_ANYWHERE) return contains(word);
  return Prisma.sql`(${contains(word)} OR ${contains(digits)})`;
}

function contains(text: string): Prisma.Sql {
  const pattern = (letters: string) => `%${escapeLike(letters)}%`;
  const isText = Prisma.sql`s.text LIKE ${pattern(text)}`;
  return isAscii(text) ? isText : andLetters(isText, "LIKE", pattern(toIndexedLetters(text)));
}

/** Adds a condition on the index of letters beyond ASCII. */
function andLetters(isText: Prisma.Sql, operator: "~" | "LIKE", letters: string): Prisma.Sql {
  const compare = operator === "~" ? Prisma.sql`~` : Prisma.sql`LIKE`;
  return Prisma.sql`(${isText} AND octet_length(s.text) <> char_length(s.text)
                     AND search_letters(s.text) COLLATE "C" ${compare} ${letters})`;
}

function isAscii(text: string): boolean {
  return /^[\0-\x7F]*$/.test(text);
}
