import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExactJson } from "./exact-json.ts";
import { asDigits, asId, asInteger, asObject } from "./json-value.ts";

test.each([
  ["15550100124", "15550100124"],
  ["106540352242922123", "106540352242922123"],
  ["10654035224292212345", "10654035224292212345"],
  ["15550100124.0", "15550100124"],
  ["1.5550100124e10", "15550100124"],
  ["1.5550100124E+10", "15550100124"],
  ["15550100124.000e0", "15550100124"],
  ["0.15e2", "15"],
  ["0", "0"],
])("the JSON number %s is the integer %s", (written, digits) => {
  const value = parseExactJson(written);
  expect(asInteger(value)).toBe(digits);
  expect(asId(value)).toBe(digits);
  expect(asDigits(value, 32)).toBe(digits);
});

test.each([
  ["with a fraction", "15550100124.5"],
  ["with a fraction that the exponent leaves", "1.55501001245e10"],
  ["shortened by who wrote it", "1.55501e+10"],
  ["of an exponent alone", "1e10"],
  ["below zero", "-15550100124"],
  ["very small", "1e-7"],
  ["larger than any", "1e400"],
])("a JSON number %s is not an id", (_, written) => {
  const value = parseExactJson(written);
  expect(asInteger(value)).toBeNull();
  expect(asId(value)).toBeNull();
  expect(asDigits(value, 32)).toBeNull();
});

test("a number that JSON.parse may have rounded is not an id", () => {
  expect(asId(JSON.parse("106540352242922123"))).toBeNull();
  expect(asId(JSON.parse("9007199254740992"))).toBeNull();
  expect(asId(JSON.parse("9007199254740991"))).toBe("9007199254740991");
});

test("a number that was kept as written is not an object", () => {
  expect(asObject(parseExactJson("10654035224292212345"))).toBeNull();
  expect(asObject(parseExactJson('{"a":10654035224292212345}'))).not.toBeNull();
});

test("every integer of up to 40 digits is read as it was written", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(0|[1-9][0-9]{0,39})$/), (digits) => {
      expect(asInteger(parseExactJson(digits))).toBe(digits);
      expect(asInteger(parseExactJson(`${digits}.0`))).toBe(digits);
    }),
  );
});
