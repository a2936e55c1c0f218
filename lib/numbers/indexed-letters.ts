const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
/** From here on, scripts in which a character is a word rather than a letter. */
const FIRST_IDEOGRAPH = 0x2e80;

/**
 * Folded text as the database's function `search_letters` indexes it: maps each character beyond ASCII to a
 * letter or digit, several to the same one, because pg_trgm ignores these characters if the ctype is C.
 */
export function toIndexedLetters(folded: string): string {
  return folded.replace(/[^\0-\x7F]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const letter = LETTERS.charAt(code % LETTERS.length);
    if (code < FIRST_IDEOGRAPH) return letter;
    return letter + LETTERS.charAt(Math.floor(code / LETTERS.length) % LETTERS.length);
  });
}
