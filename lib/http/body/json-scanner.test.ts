import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonScanner } from "./json-scanner.ts";

function faultOf(text: string) {
  return new JsonScanner(text).findFault();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{"a":1,}', 7, "Expected a field's name in double quotes."],
  ['{"a":1 "b":2}', 7, "Expected , or }."],
  ["{'a':1}", 1, "Expected a field's name in double quotes."],
  ['{"a" 1}', 5, "Expected : after a field's name."],
  ["[1,]", 3, "Expected a JSON value."],
  ["[1", 2, "Expected , or ]."],
  ["", 0, "Expected a JSON value."],
  ["01", 1, "Nothing may follow the JSON value."],
  ["NaN", 0, "Expected a JSON value."],
  ['"a', 0, "This string does not end."],
  ['"a\nb"', 2, "A control character in a string must be escaped."],
  ['"\\x"', 1, "This escape is not one of JSON's."],
  ['"\\ud800"', 0, "This string has half a surrogate pair."],
  ['"\\u0000"', 0, "This string has a NUL character."],
  ['{"a":1,"a":2}', 7, 'The field "a" is given twice.'],
  ['{"a":1,"\\u0061":2}', 7, 'The field "a" is given twice.'],
  ['{"__proto__":1,"__proto__":2}', 15, 'The field "__proto__" is given twice.'],
])("%j is refused at %i", (text, offset, message) => {
  expect(faultOf(text)).toEqual({ offset, message });
});

test("the same name in two objects is no repetition", () => {
  expect(faultOf('[{"a":{"a":1}},{"a":[{"a":2}]}]')).toBeNull();
});

test("a million brackets are refused without exhausting the stack", () => {
  expect(faultOf("[".repeat(1_000_000))).toMatchObject({ message: "Nested more than 64 deep." });
  expect(faultOf(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeNull();
});

test("an object of more than a thousand fields is refused", () => {
  const fields = Array.from({ length: 1_001 }, (_, index) => `"${index}":0`);
  expect(faultOf(`{${fields.slice(1)}}`)).toBeNull();
  expect(faultOf(`{${fields}}`)).toMatchObject({ message: "More than 1000 fields." });
});

test("whatever JSON.stringify writes of well-formed text is accepted", () => {
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, text, fc.double(), fc.boolean(), tie("list"), tie("object")),
    list: fc.array(tie("value")),
    object: fc.dictionary(text, tie("value")),
  }));
  fc.assert(
    fc.property(value, fc.nat(3), (json, indent) => {
      expect(faultOf(JSON.stringify(json, null, indent))).toBeNull();
    }),
  );
});

test("it accepts nothing that JSON.parse refuses, and finds a fault in the rest only", () => {
  const token = fc.constantFrom(
    ..."{}[]:,",
    '"',
    "\\",
    "a",
    '"a"',
    '"b"',
    "1",
    "-0.5e3",
    "true",
    "null",
    " ",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join("");
      const fault = faultOf(text);
      if (fault?.message.endsWith("is given twice.")) return;
      expect(fault === null).toBe(isJson(text));
    }),
    { numRuns: 5_000 },
  );
});
