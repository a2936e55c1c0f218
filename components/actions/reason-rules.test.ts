import fc from "fast-check";
import { expect, test } from "vitest";
import { reasonSchema, ticketUrlSchema } from "#lib/audit/reason.ts";
import { REASON_LENGTH } from "#lib/audit/reason-length.ts";
import { isReason, isTicketUrl, toReason } from "./reason-rules.ts";

test("the dialog and the verb accept the same reasons", () => {
  const words = fc.string({ unit: "grapheme", maxLength: 600 });
  fc.assert(
    fc.property(words, (typed) => {
      // Only the verb checks for control characters.
      fc.pre(!/\p{Cc}/u.test(typed));
      expect(isReason(typed)).toBe(reasonSchema.safeParse(typed).success);
    }),
  );
});

test("undoing a change with the longest reason has a reason that the verb accepts", () => {
  const { max } = REASON_LENGTH;
  for (const reason of ["a".repeat(max), "💬".repeat(max), `a${"💬".repeat(max - 1)}`]) {
    expect(reasonSchema.safeParse(toReason(`Undo: ${reason}`)).success).toBe(true);
  }
});

test.each([
  ["https://tickets.example.com/4711", true],
  ["http://tickets.example.com/4711", false],
  ["javascript:alert(1)", false],
  ["tickets.example.com/4711", false],
  ["4711", false],
  ["https:tickets.example.com/4711", false],
  ["https://ana:secret@tickets.example.com/4711", false],
  ["https://ana@tickets.example.com/4711", false],
  ["https://tickets.example.com/@ana:4711", true],
])("the dialog and the verb agree on the ticket link %s", (typed, isFine) => {
  expect(isTicketUrl(typed)).toBe(isFine);
  expect(ticketUrlSchema.safeParse(typed).success).toBe(isFine);
});

test("no ticket link is needed", () => {
  expect(isTicketUrl("  ")).toBe(true);
});
