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
/** How far its end is looked for. */
const LONGEST_CONTENT = 20_000;

/**
 * What a tag of HTML that stands at `start` looks like to its reader, and how much of the source it
 * takes, with a comment's or a style sheet's content. Null for what is no tag, such as `<tel:+55…>`.
 */
export function readTag(
  source: string,
  start: number,
  found: string,
): { text: string; length: number } | null {
  if (found === "<!--") {
    const end = source.slice(start, start + LONGEST_CONTENT).indexOf("-->");
    return { text: "\u200B", length: end < 0 ? found.length : end + 3 };
  }
  const [, name = ""] = TAG.exec(found) ?? [];
  if (name === "") return null;
  if (UNSEEN_CONTENT.test(name) && found[1] !== "/") {
    const end = source.slice(start, start + LONGEST_CONTENT).indexOf(`</${name}`);
    return { text: "\n", length: end < 0 ? found.length : end };
  }
  const [, address = ""] = PHONE_ADDRESS.exec(found) ?? [];
  const { length } = found;
  if (NAMES_PHONE.test(address))
    return { text: `\n\n${address.replace(/%2B/gi, "+")}\n\n`, length };
  if (WITHIN_A_WORD.test(name)) return { text: "\u200B", length };
  if (CELL.test(name)) return { text: "\t", length };
  return { text: /^br$/i.test(name) ? "\n" : "\n\n", length };
}
