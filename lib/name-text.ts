import { z } from "zod";
import { text } from "./text.ts";

/** Most names are plain and pass fast, since a roster has a million of them; others need a closer look. */
const IS_PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const NEEDS_CARE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/u;
const BLANKS = /[\s\u0085]+/g;
const CONTROL = /\p{Cc}/u;
const IS_INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]$/u;
const IS_JOINER = /^[\u200C\u200D]$/;
/** Emoji, and letters of scripts in which a joiner changes how they look. */
const IS_JOINED =
  /^[\uFE0F\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]$/u;
const IS_VARIATION = /^[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u;
const IS_VARIED = /^[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Mongolian}]$/u;
const KEYCAP = "\u20E3";
const IS_KEY = /^[0-9#*]$/;
const IS_FLAG_TAG = /^[\u{E0020}-\u{E007F}]$/u;
const IS_FLAG = /^[\u{1F3F4}\u{E0020}-\u{E007E}]$/u;

const OVERRIDES = new Map([
  ["\u202D", "LEFT-TO-RIGHT OVERRIDE"],
  ["\u202E", "RIGHT-TO-LEFT OVERRIDE"],
]);
const OPENERS = new Map([
  ["\u202A", { name: "LEFT-TO-RIGHT EMBEDDING", closer: "\u202C" }],
  ["\u202B", { name: "RIGHT-TO-LEFT EMBEDDING", closer: "\u202C" }],
  ["\u2066", { name: "LEFT-TO-RIGHT ISOLATE", closer: "\u2069" }],
  ["\u2067", { name: "RIGHT-TO-LEFT ISOLATE", closer: "\u2069" }],
  ["\u2068", { name: "FIRST STRONG ISOLATE", closer: "\u2069" }],
]);

/**
 * A name on one line, normalised so that equal-looking names are equal: NFC, single blanks, and no
 * invisible characters but those that a script or an emoji needs. Refuses characters that would turn or
 * hide the text around them, and says which and where.
 */
export function nameText({ name, max }: { name: string; max: number }) {
  return z
    .string({ error: `${name} must be text.` })
    .transform((typed, context) => {
      const visible = toVisible(typed);
      if (typeof visible === "string") return visible;
      context.addIssue({ code: "custom", message: `${name} ${visible.problem}` });
      return z.NEVER;
    })
    .pipe(text({ name, max }));
}

/** The name in the form to store, or what is wrong with it. */
export function toVisible(typed: string): string | { problem: string } {
  if (IS_PLAIN.test(typed)) return typed;
  if (!NEEDS_CARE.test(typed)) return toOneForm(typed);
  const characters = [...typed.replace(BLANKS, (blanks) => " ".repeat(blanks.length))];
  const problem = findControl(characters) ?? findTurn(characters);
  if (problem !== null) return { problem };
  const kept: string[] = [];
  for (const [index, character] of characters.entries()) {
    const isSeen = !IS_INVISIBLE.test(character);
    if (isSeen || isNeeded(character, kept.at(-1) ?? "", characters[index + 1] ?? "")) {
      kept.push(character);
    }
  }
  const visible = toOneForm(kept.join(""));
  const first = findInvisible(typed);
  if (visible === "" && first !== null) {
    return { problem: `has nothing in it that can be seen, but ${first}.` };
  }
  return visible;
}

function toOneForm(text: string): string {
  return text.normalize("NFC").replace(BLANKS, " ").trim();
}

/** The first invisible character of a text, such as `U+200B at character 5`; null when it has none. */
export function findInvisible(typed: string): string | null {
  if (IS_PLAIN.test(typed)) return null;
  const characters = [...typed];
  const index = characters.findIndex((character) => IS_INVISIBLE.test(character));
  return index < 0 ? null : toPlace(characters, index);
}

/** A text with its invisible characters spelt out, such as `<U+202E>`. */
export function showInvisible(typed: string): string {
  if (IS_PLAIN.test(typed)) return typed;
  return [...typed]
    .map((character) =>
      IS_INVISIBLE.test(character) || CONTROL.test(character)
        ? `<${toCodePoint(character)}>`
        : character,
    )
    .join("");
}

/** Whether an invisible character changes how its neighbours look. */
function isNeeded(character: string, before: string, after: string): boolean {
  if (IS_JOINER.test(character)) {
    return IS_JOINED.test(before) && IS_JOINED.test(after) && !IS_INVISIBLE.test(after);
  }
  if (IS_FLAG_TAG.test(character)) return IS_FLAG.test(before);
  if (!IS_VARIATION.test(character)) return false;
  return IS_VARIED.test(before) || (IS_KEY.test(before) && after === KEYCAP);
}

function findControl(characters: readonly string[]): string | null {
  const index = characters.findIndex((character) => CONTROL.test(character));
  if (index < 0) return null;
  return `has a control character, ${toPlace(characters, index)}. Remove it.`;
}

/** How many characters of a text can be seen; blanks between others count. */
export function countVisible(text: string): number {
  return [...text].filter((character) => !IS_INVISIBLE.test(character)).length;
}

/** Finds what overrides the text's direction, or changes it without changing it back. */
export function findTurn(characters: readonly string[]): string | null {
  const open: { index: number; name: string; closer: string }[] = [];
  for (const [index, character] of characters.entries()) {
    const override = OVERRIDES.get(character);
    if (override !== undefined) return toTurn(characters, index, override);
    const opener = OPENERS.get(character);
    if (opener) open.push({ index, ...opener });
    else if (open.at(-1)?.closer === character) open.pop();
  }
  const [first] = open;
  return first ? toTurn(characters, first.index, first.name) : null;
}

function toTurn(characters: readonly string[], index: number, name: string): string {
  return `has ${toPlace(characters, index)} (${name}), which turns the text behind it. Remove it.`;
}

function toPlace(characters: readonly string[], index: number): string {
  return `${toCodePoint(characters[index] ?? "")} at character ${index + 1}`;
}

function toCodePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
