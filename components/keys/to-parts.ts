/** A part of a text, and whether it is what was searched for. */
type Part = { text: string; isMatch: boolean };

/** Shorter ones are searched for at the beginning of a word. */
const MIN_LETTERS_ANYWHERE = 3;

/** Whether a text has every word of a search. */
export function hasEveryWord(text: string, q: string): boolean {
  const plain = [...text].map(toPlain);
  return toWords(q).every((word) => findWord(plain, word) >= 0);
}

/** Splits a text at the first place of each word of a search, whatever the accents and case. */
export function toParts(text: string, q: string): Part[] {
  const letters = [...text];
  const plain = letters.map(toPlain);
  const matches = new Set<number>();
  for (const word of toWords(q)) {
    const start = findWord(plain, word);
    if (start < 0) continue;
    for (const i of word.keys()) matches.add(start + i);
  }
  const parts: Part[] = [];
  letters.forEach((letter, at) => {
    const isMatch = matches.has(at);
    const last = parts.at(-1);
    if (last?.isMatch === isMatch) last.text += letter;
    else parts.push({ text: letter, isMatch });
  });
  return parts;
}

function toWords(q: string): string[][] {
  const words = q.split(/\s+/).filter(Boolean);
  return words.map((word) => [...word].map(toPlain));
}

function findWord(plain: readonly string[], word: readonly string[]): number {
  const canBegin = (at: number) =>
    word.length >= MIN_LETTERS_ANYWHERE || !/[\p{L}\p{N}]/u.test(plain[at - 1] ?? "");
  return plain.findIndex(
    (_, at) => canBegin(at) && word.every((letter, i) => plain[at + i] === letter),
  );
}

function toPlain(letter: string): string {
  return letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
