import fc from "fast-check";
import { expect, test } from "vitest";
import { asWrittenNumber, parseExactJson } from "./exact-json.ts";

test.each([
  "10654035224292212345",
  "106540352242922123",
  "9007199254740993",
  "-9007199254740993",
  "15550100124.0",
  "1.5550100124e10",
  "1E400",
  "-0",
  "0.10",
  "0.0000001",
  "123456789.12345678901",
])("%s keeps its digits, alone, in a list, as a value and beside blanks", (number) => {
  for (const text of [
    number,
    `[${number}]`,
    `{"a":${number}}`,
    `[true,null,"x",${number}]`,
    `{"a":[1,{"b":${number}}],"c":2}`,
  ]) {
    expect(JSON.stringify(parseExactJson(text))).toBe(text);
  }
  const { a } = parseExactJson(`{ "a" :\r\n\t ${number} }`) as { a: unknown };
  expect(asWrittenNumber(a)).toBe(number);
});

test.each([
  ["0", 0],
  ["15550100124", 15550100124],
  ["-23.5505", -23.5505],
  ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ["[1.5,-7]", [1.5, -7]],
])("%s becomes JavaScript's number", (text, value) => {
  expect(parseExactJson(text)).toStrictEqual(value);
});

test("a number within a text stays text", () => {
  const text = String.raw`{"a":"x, 10654035224292212345","b":"\\\",1.0","c\\":[10654035224292212345]}`;
  const value = parseExactJson(text) as Record<string, unknown>;
  expect(JSON.stringify(value)).toBe(text);
  expect(value.a).toBe("x, 10654035224292212345");
  expect(value.b).toBe('\\",1.0');
});

test("any value is as JSON.parse has it, also beside a number that JavaScript cannot hold", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const read = parseExactJson(text);
      expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(text));
      const beside = parseExactJson(`[10654035224292212345,${text}]`) as unknown[];
      expect(JSON.stringify(beside[1])).toBe(JSON.stringify(value));
    }),
  );
});

const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,24})$/);
const number = fc
  .tuple(
    fc.constantFrom("", "-"),
    digits,
    fc.oneof(fc.constant(""), fc.stringMatching(/^\.[0-9]{1,20}$/)),
    fc.oneof(fc.constant(""), fc.stringMatching(/^[eE][+-]?[0-9]{1,3}$/)),
  )
  .map((parts) => parts.join(""));

test("any number keeps its digits", () => {
  fc.assert(
    fc.property(fc.array(number), (numbers) => {
      const text = `{"deep":[${numbers.join(",")}]}`;
      const { deep } = parseExactJson(text) as { deep: unknown[] };
      expect(deep.map(asWrittenNumber)).toEqual(numbers);
      expect(JSON.stringify({ deep })).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("keys of prototypes are data, and the last of two equal keys counts", () => {
  const text = '{"__proto__":{"x":1},"a":10654035224292212345,"a":10654035224292212346}';
  const value = parseExactJson(text) as Record<string, unknown>;
  expect(JSON.stringify(value)).toBe('{"__proto__":{"x":1},"a":10654035224292212346}');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("a text that is nested a hundred thousand levels deep is read", () => {
  const levels = 100_000;
  const text = `${"[".repeat(levels)}10654035224292212345${"]".repeat(levels)}`;
  let value = parseExactJson(text);
  for (let level = 0; level < levels; level += 1) [value] = value as unknown[];
  expect(asWrittenNumber(value)).toBe("10654035224292212345");
});

test.each([
  ["a megabyte of one digit", "1".repeat(1_000_000)],
  ["a megabyte of backslashes", `["${"\\".repeat(1_000_000)}",1.0]`],
  ["a megabyte of blanks", `[${" ".repeat(1_000_000)}1.0]`],
  ["a megabyte of colons and blanks", `["${": ".repeat(500_000)}",1.0]`],
  ["a megabyte of dots", `["${",1.1".repeat(250_000)}",1.0]`],
])("%s takes linear time", (_, text) => {
  const before = process.threadCpuUsage();
  expect(JSON.stringify(parseExactJson(text)).length).toBeGreaterThan(0);
  expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(2);
});

test.each(["", "{", "[1,]", "NaN", "01", "1.", "{'a':1}", "[10654035224292212345"])(
  "%j is not JSON",
  (text) => {
    expect(() => parseExactJson(text)).toThrow(SyntaxError);
  },
);
