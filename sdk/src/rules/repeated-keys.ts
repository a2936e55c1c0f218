import { endOfText } from "./exact-json.ts";

const COLON_NEXT = /[ \t\r\n]*:/y;

/**
 * Whether an object of a JSON text has a key twice: `JSON.parse` keeps the last value and silently drops the
 * others, which may be a list of messages or a phone.
 *
 * @param text has to be valid JSON; for anything else the result is undefined
 */
export function hasRepeatedKey(text: string): boolean {
  /** The keys of each open object; null for a list. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === "{") open.push(new Set());
    else if (sign === "[") open.push(null);
    else if (sign === "}" || sign === "]") open.pop();
    else if (sign === '"') {
      const end = endOfText(text, at);
      COLON_NEXT.lastIndex = end;
      const keys = open.at(-1);
      if (keys && COLON_NEXT.test(text)) {
        const key = readKey(text.slice(at, end));
        if (keys.has(key)) return true;
        keys.add(key);
      }
      at = end - 1;
    }
  }
  return false;
}

/** Decodes a key, which has several spellings: `"\u0066rom"` is `"from"`. */
function readKey(written: string): string {
  return written.includes("\\") ? String(JSON.parse(written)) : written.slice(1, -1);
}
