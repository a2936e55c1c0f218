import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSearchQuery } from "./search-query.ts";

describe("a search", () => {
  test.each([
    ["", { kind: "all" }],
    [" \t\n ", { kind: "all" }],
    ["Suporte  SP", { kind: "text", text: "Suporte SP", digits: null }],
    ["Loja 24", { kind: "text", text: "Loja 24", digits: null }],
    ["+55 (11) 91234-5678", { kind: "text", text: "+55 (11) 91234-5678", digits: "5511912345678" }],
    ["0055 11 91234.5678", { kind: "text", text: "0055 11 91234.5678", digits: "5511912345678" }],
    ["+44 (0)20 7946 0000", { kind: "text", text: "+44 (0)20 7946 0000", digits: "442079460000" }],
    ["020 7946 0000", { kind: "text", text: "020 7946 0000", digits: "2079460000" }],
    [
      "Hi, please enable +55 11 91234-5678. Thanks!",
      {
        kind: "text",
        text: "Hi, please enable +55 11 91234-5678. Thanks!",
        digits: "5511912345678",
      },
    ],
    ["５５１１９", { kind: "text", text: "55119", digits: "55119" }],
    ["---", { kind: "text", text: "---", digits: null }],
    ["106540352242922", { kind: "text", text: "106540352242922", digits: "106540352242922" }],
  ])("%j asks for %j", (typed, query) => {
    expect(parseSearchQuery(typed)).toEqual(query);
  });

  test.each([
    ["a column", "+55 11 91234-5678\n+55 11 91234-5679", ["5511912345678", "5511912345679"]],
    ["one line", "106540352242922 106540352242923", ["106540352242922", "106540352242923"]],
    ["commas", "+1 (604) 585-2331, +1 604 585 2332", ["16045852331", "16045852332"]],
    [
      "a letter",
      "Hi, please enable (11) 91234-5678 (sales) and +44 7911 123456 for us. Thanks, call me at 10!",
      ["11912345678", "447911123456"],
    ],
    [
      "a repeated number",
      "604 585 2331\n(604) 585-2331\n604 585 2332",
      ["6045852331", "6045852332"],
    ],
  ])("pasted as %s asks for each number", (_, typed, numbers) => {
    expect(parseSearchQuery(typed)).toEqual({ kind: "numbers", numbers });
  });

  test("of any text is answered", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        expect(["all", "text", "numbers"]).toContain(parseSearchQuery(typed).kind);
      }),
    );
  });
});
