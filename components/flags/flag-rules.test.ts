import fc from "fast-check";
import { expect, test } from "vitest";
import { reasonSchema, ticketUrlSchema } from "#lib/audit/reason.ts";
import { isReason, isTicketUrl } from "./flag-rules.ts";

test("what the dialog takes as a reason, the verb takes too, and the other way round", () => {
  const words = fc.string({ unit: "grapheme", maxLength: 600 });
  fc.assert(
    fc.property(words, (typed) => {
      // Control characters are the one thing only the verb looks for.
      fc.pre(!/\p{Cc}/u.test(typed));
      expect(isReason(typed)).toBe(reasonSchema.safeParse(typed).success);
    }),
  );
});

test.each([
  ["https://tickets.example.com/4711", true],
  ["http://tickets.example.com/4711", false],
  ["javascript:alert(1)", false],
  ["tickets.example.com/4711", false],
  ["4711", false],
])("the dialog and the verb agree on the ticket link %s", (typed, isFine) => {
  expect(isTicketUrl(typed)).toBe(isFine);
  expect(ticketUrlSchema.safeParse(typed).success).toBe(isFine);
});

test("no ticket link is needed", () => {
  expect(isTicketUrl("  ")).toBe(true);
});
