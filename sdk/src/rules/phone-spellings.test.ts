import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSamePhone, phoneSpellings, splitPhone } from "./phone-spellings.ts";

describe("the spellings of a phone", () => {
  test.each([
    ["Mexico, now", "+525550100199", ["+525550100199", "+5215550100199"]],
    ["Mexico, as WhatsApp writes it", "+5215550100199", ["+525550100199", "+5215550100199"]],
    ["a Brazilian mobile", "+5511987654321", ["+5511987654321", "+551187654321"]],
    ["one before its ninth digit", "+551187654321", ["+5511987654321", "+551187654321"]],
    ["one that was new with nine digits", "+5511922334455", ["+5511922334455"]],
    ["a Brazilian landline", "+551140028922", ["+551140028922"]],
    ["Argentina from abroad", "+5491123456789", ["+5491123456789", "+541123456789"]],
    ["Argentina at home", "+541123456789", ["+5491123456789", "+541123456789"]],
    ["Argentina as it is dialled", "+54111523456789", ["+5491123456789", "+541123456789"]],
    ["with an area code of three digits", "+54341154123456", ["+5493414123456", "+543414123456"]],
    ["with one of four", "+54290115412345", ["+5492901412345", "+542901412345"]],
    ["with trunk zero, 15 and all", "+540111523456789", ["+5491123456789", "+541123456789"]],
    ["a British trunk zero", "+4402079460958", ["+442079460958"]],
    ["a Brazilian trunk zero", "+55011987654321", ["+5511987654321", "+551187654321"]],
    ["a Mexican trunk zero", "+5205550100199", ["+525550100199", "+5215550100199"]],
    ["a Mexican 01", "+52015550100199", ["+525550100199", "+5215550100199"]],
    ["a Mexican 044", "+520445550100199", ["+525550100199", "+5215550100199"]],
    ["a carrier of Brazil", "+5501511987654321", ["+5511987654321", "+551187654321"]],
    ["a carrier and a landline", "+550211140028922", ["+551140028922"]],
    ["Italy, where the zero stays", "+390612345678", ["+390612345678"]],
    ["Côte d'Ivoire, where it stays", "+2250102030405", ["+2250102030405"]],
    ["one country, one spelling", "+14155550132", ["+14155550132"]],
    ["a code of three digits", "+351912345678", ["+351912345678"]],
    ["too few digits for Mexico", "+52155501", ["+52155501"]],
    ["too many for Brazil", "+55119876543210", ["+55119876543210"]],
  ])("%s", (_, e164, spellings) => {
    expect(phoneSpellings(e164)).toEqual(spellings);
  });

  const phones = fc
    .tuple(
      fc.constantFrom("52", "521", "54", "549", "5411", "54911", "55", "5511", "44", "39", "1"),
      fc.stringMatching(/^[0-9]{8,10}$/),
    )
    .map(([start, rest]) => `+${start}${rest}`);

  test("are one list, whichever of them one starts from", () => {
    fc.assert(
      fc.property(phones, (phone) => {
        const spellings = phoneSpellings(phone);
        for (const spelling of spellings) expect(phoneSpellings(spelling)).toEqual(spellings);
      }),
    );
  });

  test("never change a phone's last seven digits, nor its country", () => {
    fc.assert(
      fc.property(phones, (phone) => {
        for (const spelling of phoneSpellings(phone)) {
          expect(spelling.slice(-7)).toBe(phone.slice(-7));
          expect(splitPhone(spelling).countryCode).toBe(splitPhone(phone).countryCode);
        }
      }),
    );
  });

  test.each([
    ["+5215550100199", "+525550100199", true],
    ["+551187654321", "+5511987654321", true],
    ["+551140028922", "+5511940028922", false],
    ["+5511987654321", "+5521987654321", false],
    ["+14155550132", "+14155550133", false],
  ])("%s and %s are one phone: %s", (one, other, isOne) => {
    expect(isSamePhone(one, other)).toBe(isOne);
  });
});

describe("a phone's country code", () => {
  test.each([
    ["+14155550132", "1"],
    ["+79161234567", "7"],
    ["+201001234567", "20"],
    ["+442079460958", "44"],
    ["+5511987654321", "55"],
    ["+351912345678", "351"],
    ["+593987654321", "593"],
    ["+972501234567", "972"],
  ])("of %s is %s", (e164, countryCode) => {
    expect(splitPhone(e164).countryCode).toBe(countryCode);
  });
});
