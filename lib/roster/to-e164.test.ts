import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainUnknownPhone, toE164 } from "./to-e164.ts";

describe("toE164", () => {
  test.each([
    ["+5511912345678", "+5511912345678"],
    ["+55 (11) 91234-5678", "+5511912345678"],
    ["+55 11 91234\u20115678", "+5511912345678"],
    ["0055 11 91234 5678", "+5511912345678"],
    ["5511912345678", "+5511912345678"],
    ["\u202A+55 11 91234-5678\u202C", "+5511912345678"],
    ["+55\u00A011\u00A091234\u00A05678", "+5511912345678"],
    ["\uFF0B55 11 91234 5678", "+5511912345678"],
    ["+44 (0)20 7946 0958", "+442079460958"],
    ["+44 020 7946 0958", "+442079460958"],
    ["+1 (415) 555-0132", "+14155550132"],
    ["+1.415.555.0132", "+14155550132"],
    ["+49 30/23125-101", "+493023125101"],
    ["+52 1 55 1234 5678", "+525512345678"],
    ["+54 9 11 2345-6789", "+5491123456789"],
    ["+54 11 2345-6789", "+541123456789"],
    ["+54 11 15 2345-6789", "+5491123456789"],
    ["+54 (011) 15 2345-6789", "+5491123456789"],
    ["+55 (011) 98765-4321", "+5511987654321"],
    ["+55 11 8765-4321", "+551187654321"],
    ["+55 0 15 11 98765-4321", "+5511987654321"],
    ["+52 044 55 1234 5678", "+525512345678"],
    ["+52 01 55 1234 5678", "+525512345678"],
    ["(+55) 11 98765-4321", "+5511987654321"],
    ["+0055 11 98765-4321", "+5511987654321"],
    ["'5511987654321", "5511987654321".padStart(14, "+")],
    ["tel:+55-11-98765-4321", "+5511987654321"],
    ["+55\u00B711\u00B798765\u00B74321", "+5511987654321"],
    ["+\u0665\u0665 11 98765-4321", "+5511987654321"],
    ["+55&nbsp;11&nbsp;98765&#8209;4321", "+5511987654321"],
    ["+55 11 98765\u00AD-\u200B4321\u2060", "+5511987654321"],
    ["+39 06 1234 5678", "+390612345678"],
  ])("reads %s as %s", (typed, e164) => {
    expect(toE164(typed)).toEqual({ e164 });
  });

  test.each([
    ["5.51191E+12", /spreadsheet turned this number into scientific notation; format the column/],
    ["5,51191E+12", /scientific notation/],
    ["5511912345678.0", /decimal/],
    ["+1-800-FLOWERS", /letters/],
    ["+55 11 91234-5678 ext. 4", /letters/],
    ["11 91234-5678", /country code is missing/],
    ["(415) 555-0132", /country code is missing/],
    ["011 91234-5678", /country code is missing/],
    ["51987654321", /country code is missing/],
    ["+55 11", /too short/],
    ["+55 11 91234-56789 0123", /too long/],
    ["+0 123 456 789", /no country has|not a phone number/],
    ["", /is missing here/],
    ["  ", /is missing here/],
    ["+", /digits, \+ at its start/],
    ["=5511912345678", /digits, \+ at its start/],
    ["+55 11 91234-5678; +55 11 91234-5679", /digits, \+ at its start/],
    ["+55 11 91234-5678/79", /two phone numbers/],
    ["+55 11 91234-5678 / 5679", /two phone numbers/],
    ["5511912345678/5511912345679", /two phone numbers/],
    ["+1 415 555-2671/2672", /two phone numbers/],
  ])("refuses %j and says why", (typed, why) => {
    expect(toE164(typed)).toEqual({ problem: expect.stringMatching(why) });
  });

  test.each([
    ["+55 11 9123", "+55119123", /too short/],
    ["+55 11 91234-56789", "+55119123456789", /too long/],
    ["+999 123 456 789", "+999123456789", /no country has/],
    ["+55 90 96000-0000", "+5590960000000", /can exist/],
  ])("takes %s, which no numbering plan knows, and says why", (typed, e164, why) => {
    expect(toE164(typed)).toEqual({ e164 });
    expect(explainUnknownPhone(e164)).toMatch(why);
  });

  test("knows nothing against a usual phone", () => {
    for (const e164 of ["+5511912345678", "+525512345678", "+442079460958", "+390612345678"]) {
      expect(explainUnknownPhone(e164)).toBeNull();
    }
  });

  test("reads its own answer as the same number", () => {
    const areaCodes = fc.integer({ min: 11, max: 89 });
    fc.assert(
      fc.property(areaCodes, fc.integer({ min: 60_000_000, max: 99_999_999 }), (area, rest) => {
        const result = toE164(`+55 (${area}) 9${rest}`);
        expect(result).toEqual({ e164: `+55${area}9${rest}` });
        if ("e164" in result) expect(toE164(result.e164)).toEqual(result);
      }),
    );
  });

  test("answers anything at all without throwing, and with E.164 or a reason", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const result = toE164(typed);
        if ("e164" in result) expect(result.e164).toMatch(/^\+[1-9]\d{6,14}$/);
        else expect(result.problem).toMatch(/\.$/);
      }),
    );
  });
});
