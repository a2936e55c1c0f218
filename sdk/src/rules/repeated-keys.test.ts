import fc from "fast-check";
import { expect, test } from "vitest";
import { hasRepeatedKey } from "./repeated-keys.ts";

test.each([
  '{"from":"15550100123","from":null}',
  '{"a":[{"b":1,"c":{"d":1 , "d" : 2}}]}',
  '{"from":1,"\\u0066rom":2}',
  '{"":1,"":1}',
  '{"__proto__":1,"__proto__":2}',
  '{"a":"}","b":"{","a":1}',
  '{"a\\\\":1,"a\\\\":2}',
])("a repeated key is found: %s", (text) => {
  JSON.parse(text);
  expect(hasRepeatedKey(text)).toBe(true);
});

test.each([
  '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}',
  '{"a":"a","b":"a:","c":"\\"a\\":"}',
  '["a","a"]',
  '"a"',
  "{}",
  '{"a":"\\\\","b":"\\\\\\":"}',
])("the same key in several objects, and texts that look like keys, do not count: %s", (text) => {
  expect(hasRepeatedKey(text)).toBe(false);
});

test("whatever JSON.stringify writes has no key twice, and has one once another is added", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), fc.constantFrom(0, 1, 3), (value, key, space) => {
      const text = JSON.stringify({ [key]: value, more: { [key]: value } }, null, space);
      expect(hasRepeatedKey(text)).toBe(false);
      const again = `{${JSON.stringify(key)}:${JSON.stringify(value)},${text.slice(1)}`;
      expect(hasRepeatedKey(again)).toBe(true);
    }),
  );
});
