const TAG = /^<\/?((?:[ovw]:)?[a-z][a-z0-9]*)(?:[\s/]|>)/i;
/** Tags that may be within a word; all others end a line or a cell. */
const WITHIN_A_WORD =
  /^(?:a|abbr|b|bdi|bdo|code|em|font|i|ins|mark|nobr|s|small|span|strong|tt|u|wbr|o:p)$/i;
const CELL = /^(?:td|th)$/i;
/** A link that may contain a phone. */
const PHONE_ADDRESS = /\bhref\s*=\s*["']?((?:tel|sms|callto|whatsapp|https?):[^"'\s>]*)/i;
const NAMES_PHONE = /^(?:tel|sms|callto|whatsapp):|wa\.me|whatsapp\.com/i;
/** Tags whose content is not shown. */
const UNSEEN_CONTENT = /^(?:style|script|title)$/i;
/** Longer content is not skipped. */
const MAX_CONTENT = 20_000;

/** A source that is read from start to end. */
export type TaggedSource = {
  text: string;
  /** By closing tag or comment end, the index of the next one as far as searched; -1: none. */
  nextEnds: Map<string, number>;
};

/**
 * Reads the HTML tag at `start`: the text to put in its place, and the length in the source, including the
 * content of a comment or style sheet. Null for something that is not a tag, such as `<tel:+55…>`.
 */
export function readTag(
  source: TaggedSource,
  start: number,
  opening: string,
): { text: string; length: number } | null {
  if (opening === "<!--") {
    const end = findEnd(source, start, "-->");
    return { text: "\u200B", length: end < 0 ? opening.length : end + 3 };
  }
  const [, name = ""] = TAG.exec(opening) ?? [];
  if (name === "") return null;
  if (UNSEEN_CONTENT.test(name) && opening[1] !== "/") {
    const end = findEnd(source, start, `</${name}`);
    return { text: "\n", length: end < 0 ? opening.length : end };
  }
  const [, address = ""] = PHONE_ADDRESS.exec(opening) ?? [];
  const { length } = opening;
  if (NAMES_PHONE.test(address))
    return { text: `\n\n${address.replace(/%2B/gi, "+")}\n\n`, length };
  if (WITHIN_A_WORD.test(name)) return { text: "\u200B", length };
  if (CELL.test(name)) return { text: "\t", length };
  return { text: /^br$/i.test(name) ? "\n" : "\n\n", length };
}

/** The distance from `start` to the end, or -1 if it is too far. Searches no part of the source twice. */
function findEnd({ text, nextEnds }: TaggedSource, start: number, end: string): number {
  let next = nextEnds.get(end);
  if (next === undefined || (next >= 0 && next < start)) {
    next = text.indexOf(end, start);
    nextEnds.set(end, next);
  }
  return next - start < MAX_CONTENT ? Math.max(-1, next - start) : -1;
}
