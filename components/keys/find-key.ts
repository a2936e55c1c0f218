import { isTyping } from "./is-typing.ts";
import type { KeyAction, OwnKeys } from "./key-table.ts";
import { areSingleKeysOn } from "./single-keys.ts";

/** The list of numbers, its rows, and the link of a row. */
export const LIST = "table.numbers";
export const ROW = `${LIST} tbody tr`;
const ROW_LINK = `${ROW} > th > a`;
/** Marks the panel of a peek. */
export const PEEK = "data-peek";

const LAYER = "[role=dialog], :popover-open";
const MAY_REPEAT: readonly KeyAction[] = ["next", "previous"];

/** What somebody pressed, as the table of keys writes it; null with a modifier that no key has. */
function toPress({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent, isApple: boolean) {
  const [isMod, isOther] = isApple ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  if (isOther || altKey) return null;
  if (key === " ") return isMod || shiftKey ? null : "Space";
  const isLetter = /^[a-z]$/i.test(key);
  // Signs are typed with Shift on some keyboards and without on others.
  const shift = shiftKey && (isLetter || key.length > 1) ? "Shift+" : "";
  return `${isMod ? "Mod+" : ""}${shift}${isLetter ? key.toLowerCase() : key}`;
}

/**
 * What a pressed key does here. Nothing while somebody types, composes a letter or has a layer open, other
 * than the palette's key, which works in a field, too.
 *
 * @param before a key that was pressed shortly before, for keys that take two
 */
export function findKey(
  event: KeyboardEvent,
  { keys, isApple, before }: { keys: OwnKeys; isApple: boolean; before: string },
): { press: string; action: KeyAction | null } | null {
  const at = document.activeElement ?? document.body;
  const pressed = event.isComposing ? null : toPress(event, isApple);
  if (pressed === null || document.querySelector(LAYER)) return null;
  const isSingle = !pressed.startsWith("Mod+");
  if (isSingle && isTyping(at)) return null;
  if (isSingle && pressed !== "Escape" && !areSingleKeysOn()) return null;
  const toKey = (press: string) => keys.find((key) => key.press === press && isHere(key.where, at));
  const match = toKey(`${before} ${pressed}`) ?? toKey(pressed);
  if (!match) return { press: pressed, action: null };
  if ("isNative" in match || (event.repeat && !MAY_REPEAT.includes(match.action))) return null;
  return { press: pressed, action: match.action };
}

function isHere(where: OwnKeys[number]["where"], at: Element): boolean {
  switch (where) {
    case "anywhere":
      return true;
    case "list":
      return document.querySelector(ROW) !== null;
    case "row":
      return at.closest(ROW) !== null;
    case "link":
      // There is no room for a peek on a narrow screen.
      return at.matches(ROW_LINK) && matchMedia("(width >= 48rem)").matches;
    case "peek":
      return document.querySelector(`[${PEEK}]`) !== null;
  }
}
