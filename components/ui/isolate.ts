/** Letters that are written from right to left (bidi classes R and AL), and marks that open such a run. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const [FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE] = ["\u2068", "\u2069"];

/**
 * Wraps a name for the middle of a sentence, a title or an accessible name, where no `<bdi>` can be, so
 * that one written from right to left does not reverse the text beside it.
 */
export function isolate(name: string): string {
  return RIGHT_TO_LEFT.test(name)
    ? `${FIRST_STRONG_ISOLATE}${name}${POP_DIRECTIONAL_ISOLATE}`
    : name;
}
