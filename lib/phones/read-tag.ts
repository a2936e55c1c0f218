const TAG = /^<\/?((?:[ovw]:)?[a-z][a-z0-9]*)(?:[\s/]|>)/i;
/** These stand within a word; all others end a line, or a cell. */
const WITHIN_A_WORD =
  /^(?:a|abbr|b|bdi|bdo|code|em|font|i|ins|mark|nobr|s|small|span|strong|tt|u|wbr|o:p)$/i;
const CELL = /^(?:td|th)$/i;
/** An address that is a phone. */
const PHONE_ADDRESS = /\bhref\s*=\s*["']?((?:tel|sms|callto|whatsapp|https?):[^"'\s>]*)/i;
const NAMES_PHONE = /^(?:tel|sms|callto|whatsapp):|wa\.me|whatsapp\.com/i;
/** What is between these is seen by nobody. */
const UNSEEN_CONTENT = /^(?:style|script|title)$/i;
/** More of it is not passed over. */
const LONGEST_CONTENT = 20_000;

/** A source that is read from its start to its end. */
export type TaggedSource = {
  text: string;
  /** Where each end of a tag or comment comes next, as far as it was looked for; -1: nowhere. */
  nextEnds: Map<string, number>;
};

/**
 * What a tag of HTML that stands at `start` looks like to its reader, and how much of the source it
 * takes, with a comment's or a style sheet's content. Null for what is no tag, such as `<tel:+55…>`.
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

/** How far behind `start` the end is, -1 where it is too far. No stretch of the source is looked through twice. */
function findEnd({ text, nextEnds }: TaggedSource, start: number, end: string): number {
  let next = nextEnds.get(end);
  if (next === undefined || (next >= 0 && next < start)) {
    next = text.indexOf(end, start);
    nextEnds.set(end, next);
  }
  return next - start < LONGEST_CONTENT ? Math.max(-1, next - start) : -1;
}
