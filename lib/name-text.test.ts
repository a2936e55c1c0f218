import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldText } from "./fold-text.ts";
import { nameText, showInvisible, toVisible } from "./name-text.ts";

describe("a name is stored as it looks", () => {
  test.each([
    ["decomposed", "Sa\u0303o", "São"],
    ["with a zero-width space", "Pa\u200Bdaria", "Padaria"],
    ["with an accent behind one", "Sa\u200B\u0303o", "São"],
    ["with a soft hyphen and a byte-order mark", "\uFEFFPada\u00ADria", "Padaria"],
    ["with direction marks", "\u200Eאבג\u200F 24", "אבג 24"],
    ["with a closed embedding and a closed isolate", "\u202Bאב\u202C \u2068x\u2069", "אב x"],
    ["with a mark that closes nothing", "a\u202Cb\u2069", "ab"],
    ["with blanks of all kinds", " \u00A0a\t\r\n\u2003\u3000b\u2028", "a b"],
    ["with fillers and tags", "a\u3164\u115F\u{E0041}b", "ab"],
    ["with a joiner between Latin letters", "a\u200Db\u200Cc", "abc"],
    ["with a variation selector behind a letter", "a\uFE0F1\uFE0Eb", "a1b"],
    ["of emoji", "👩🏽‍🚀 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩🏽‍🚀 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
    ["in Persian", "می‌خواهم", "می‌خواهم"],
    ["in Hindi", "क्‍ष", "क्‍ष"],
    ["with nothing left to join", "\u0606\u200D\uFE0F", "\u0606"],
  ])("%s", (_, typed, kept) => {
    expect(toVisible(typed)).toBe(kept);
  });

  test("any stored name stays the same when stored again, and is found by the same words", () => {
    const parts = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("\u200B", "\u00A0", "e\u0301", "\u200D", "\uFE0F", "\u2066", "\u2069", "1"),
    );
    fc.assert(
      fc.property(fc.array(parts), (list) => {
        const typed = list.join("");
        const kept = toVisible(typed);
        if (typeof kept !== "string") return;
        expect(toVisible(kept)).toBe(kept);
        expect(foldText(kept)).toBe(foldText(typed));
      }),
    );
  });
});

describe("a name is refused, by code point and place,", () => {
  test.each([
    ["for an override", "Loja \u202Egnp", /U\+202E at character 6 \(RIGHT-TO-LEFT OVERRIDE\)/],
    ["for a closed override", "\u202Dab\u202C", /U\+202D at character 1/],
    ["for an open embedding", "ab\u202Bcd", /U\+202B at character 3/],
    ["for an open isolate", "\u2066a\u2067b\u2069", /U\+2066 at character 1/],
    ["for an embedding closed as an isolate", "\u202Aa\u2069", /U\+202A at character 1/],
    ["for a control character", "a\u0000b", /control character, U\+0000 at character 2/],
    ["for one of C1", "ab\u009B", /control character, U\+009B at character 3/],
    ["for nothing that can be seen", "\u200B\u2060", /nothing in it that can be seen.*U\+200B/],
    ["for a blank of Braille", "\u2800", /nothing in it that can be seen.*U\+2800/],
    ["for blanks", " \u00A0 ", /1 to 9 characters/],
    ["for half a character", "\uD800", /broken Unicode/],
  ])("%s", (_, typed, why) => {
    const { error } = nameText({ name: "label", max: 9 }).safeParse(typed);
    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(why)]);
  });
});

test("invisible characters are spelt out in messages", () => {
  expect(showInvisible("a\u202Eb\u0007c")).toBe("a<U+202E>b<U+0007>c");
});
