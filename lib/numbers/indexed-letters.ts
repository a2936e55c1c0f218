const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
/** From here on, scripts of which a sign is a word rather than a letter. */
const FIRST_OF_MANY = 0x2e80;

/**
 * Folded text as `search_letters` of the database indexes it: each sign beyond ASCII as a letter or
 * digit that others have too, since pg_trgm leaves such signs out where the database's ctype is C.
 */
export function toIndexedLetters(folded: string): string {
  return folded.replace(/[^\0-\x7F]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const letter = LETTERS.charAt(code % LETTERS.length);
    if (code < FIRST_OF_MANY) return letter;
    return letter + LETTERS.charAt(Math.floor(code / LETTERS.length) % LETTERS.length);
  });
}
