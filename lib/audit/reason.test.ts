import { expect, test } from "vitest";
import { reasonSchema, ticketUrlSchema } from "./reason.ts";

const isTaken = (reason: string) => reasonSchema.safeParse(reason).success;

test.each([
  ["zero-width blanks", "\u200B".repeat(5)],
  ["Hangul fillers", "\u3164".repeat(5)],
  ["blank braille", "\u2800".repeat(5)],
  ["tags", "\u{E0041}".repeat(5)],
  ["four letters and a joiner", "abcd\u200D"],
  ["a control character of the second set", "approved\u009B"],
  ["a right-to-left override", "Acme \u202Edekciver ti"],
  ["an isolate that is never closed", "Acme \u2066asked for it"],
])("a reason of %s is refused", (_, reason) => {
  expect(isTaken(reason)).toBe(false);
});

test.each([
  "Acme asked for it",
  "Acme:\n\tasked",
  "أكمي طلب ذلك",
  "👨‍👩‍👧‍👦👍🏽❤️🇧🇷🎉",
  "می‌خواهند",
  "Acme \u2067العربية\u2069 asked",
])("the reason %j is taken", (reason) => {
  expect(isTaken(reason)).toBe(true);
});

test.each(["https:host.test/1", "https:/host.test/1"])(
  "a ticket link begins with https://: not %s",
  (link) => {
    expect(ticketUrlSchema.safeParse(link).success).toBe(false);
  },
);
