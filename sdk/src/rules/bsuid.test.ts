import fc from "fast-check";
import { expect, test } from "vitest";
import { formatBsuid, parseBsuid, parseTypedBsuid } from "./bsuid.ts";
import { parsePhone } from "./parse-phone.ts";

const LONG = "a1".repeat(64);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

test.each([
  ["the example of Meta's documents", "US.13491208655302741918", "US", false],
  ["a live one, 16 digits", "IN.1648738043044942", "IN", false],
  ["a tail of letters and digits", "BR.a9Zz", "BR", false],
  ["a tail of one character", "MX.0", "MX", false],
  ["Kosovo, which no ISO list has", "XK.1648738043044942", "XK", false],
  ["a tail of 128 characters", `US.${LONG}`, "US", false],
  ["a parent", "US.ENT.11815799212886844830", "US", true],
  ["a parent with 128 characters", `US.ENT.${LONG}`, "US", true],
  ["a regular one whose tail is ENT", "US.ENT", "US", false],
  ["a parent whose tail is ENT", "US.ENT.ENT", "US", true],
])("%s is a BSUID, kept verbatim", (_, value, countryCode, isParent) => {
  expect(parseBsuid(value)).toMatchObject({ value, countryCode, isParent });
});

test.each([
  ["a tail of 129 characters", `US.${LONG}b`],
  ["a parent's tail of 129 characters", `US.ENT.${LONG}b`],
  ["no tail", "US."],
  ["a parent without a tail", "US.ENT."],
  ["no period", "US1349120865"],
  ["a full-width period", "US．1349120865"],
  ["an ideographic full stop", "US。1349120865"],
  ["full-width letters", "ＵＳ.1349120865"],
  ["full-width digits", "US.１３４９"],
  ["Arabic digits", "US.١٣٤٩"],
  ["a letter with an accent", "US.é1349"],
  ["a Turkish dotless i", "ıN.1349"],
  ["a zero-width space within", "US.1349\u200b120865"],
  ["a zero-width no-break space before", "\ufeffUS.1349120865"],
  ["a trailing newline", "US.1349120865\n"],
  ["a trailing blank", "US.1349120865 "],
  ["a leading blank", " US.1349120865"],
  ["two lines", "x\nUS.1349120865"],
  ["a prefix in lower case", "us.1349120865"],
  ["ENT in lower case", "US.ent.1349120865"],
  ["ENT twice", "US.ENT.ENT.1349120865"],
  ["one letter of country", "U.1349120865"],
  ["three letters of country", "USA.1349120865"],
  ["digits for a country", "12.1349120865"],
  ["Connectly's prefix", "bsuid:US.1349120865"],
  ["Twilio's prefix", "whatsapp:US.1349120865"],
  ["a hyphen", "US.1349-120865"],
  ["an underscore", "US.1349_120865"],
  ["a lone surrogate", "US.1349\ud800"],
  ["a phone", "+15550100123"],
  ["a username", "anap.01"],
  ["an e-mail address", "US.ana@example.com"],
  ["nothing", ""],
  ["a megabyte", `US.${"1".repeat(1_000_000)}`],
  ["null", null],
  ["undefined", undefined],
  ["a number", 13491208655302],
  ["a list with one in it", ["US.1349120865"]],
  ["an object that can be a text", { toString: () => "US.1349120865" }],
])("%s is no BSUID", (_, value) => {
  expect(parseBsuid(value)).toBeNull();
});

test.each([
  ["us.13a", "US.13a"],
  ["Us.13A", "US.13A"],
  [" us.ent.13a\r\n", "US.ENT.13a"],
  ["\tUS.Ent.13a ", "US.ENT.13a"],
  ["us.ent", "US.ent"],
])("typed %j is %s: the prefix in capitals, the tail as it is", (typed, value) => {
  expect(parseTypedBsuid(typed)?.value).toBe(value);
});

test.each(["u s.13a", "\u200bus.13a", "\ufeffus.13a", "us．13a", "us.13a b", "bsuid:us.13a", ""])(
  "typed %j is no BSUID",
  (typed) => {
    expect(parseTypedBsuid(typed)).toBeNull();
  },
);

test("a megabyte of blanks between two letters is refused at once", () => {
  const before = process.threadCpuUsage();
  expect(parseTypedBsuid(`u${" ".repeat(1_000_000)}s`)).toBeNull();
  expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(1);
});

/** The parts of any BSUID. */
const parts = fc.record({
  countryCode: fc.stringMatching(/^[A-Z]{2}$/),
  isParent: fc.boolean(),
  tail: fc.stringMatching(/^[A-Za-z0-9]{1,128}$/),
});

test("formatting and parsing are inverse", () => {
  fc.assert(
    fc.property(parts, (made) => {
      const value = formatBsuid(made);
      const parsed = parseBsuid(value);
      expect(parsed).toEqual({ value, ...made });
      expect(parsed && formatBsuid(parsed)).toBe(value);
    }),
  );
});

test("any text is refused or returned verbatim", () => {
  const near = fc.stringMatching(/^[A-Za-z]{1,3}.(ENT\.|ent\.)?[\w\s.-]{0,140}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), near, fc.anything()), (value) => {
      const parsed = parseBsuid(value);
      if (parsed === null) return;
      expect(parsed.value).toBe(value);
      expect(formatBsuid(parsed)).toBe(value);
    }),
  );
});

test("no BSUID is reduced to its digits, or read as a phone, however it is typed", () => {
  fc.assert(
    fc.property(parts, fc.constantFrom("", " ", "+", "bsuid:"), (made, before) => {
      const value = formatBsuid(made);
      expect(parsePhone(before + value)).toBeNull();
      expect(parsePhone(before + value.toLowerCase())).toBeNull();
    }),
  );
  for (const letter of LETTERS) expect(parsePhone(`${letter}5550100123`)).toBeNull();
});

test("a text with a letter anywhere is never a phone", () => {
  const digits = fc.stringMatching(/^[0-9]{3,8}$/);
  const letter = fc.stringMatching(/^\p{L}$/u);
  fc.assert(
    fc.property(digits, letter, digits, (before, between, after) => {
      expect(parsePhone(`+1${before}${between}${after}`)).toBeNull();
    }),
  );
});
