import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findJsonProblem, type JsonProblem } from "./find-json-problem.ts";

describe("a fault in JSON", () => {
  test.each<[string, string, JsonProblem]>([
    ["it ends too early", '{"a": [1,', { line: 1, column: 10, kind: "ends", found: " " }],
    ["a text never ends", '{"a": "b', { line: 1, column: 9, kind: "ends", found: " " }],
    ["a comma is missing", '{\n  "a": 1\n  "b": 2\n}', at(3, 3, "comma", '"')],
    ["a colon is missing", '{"a" 1}', at(1, 6, "colon", "1")],
    ["a comma too many in an object", '{\n  "a": 1,\n}', at(3, 1, "last_comma", "}")],
    ["a comma too many in a list", "[1, 2, ]", at(1, 8, "last_comma", "]")],
    ["a key without quotes", "{a: 1}", at(1, 2, "key", "a")],
    ["single quotes", "{'a': 1}", at(1, 2, "quote", "'")],
    ["quotes of a word processor", '{"a": “b”}', at(1, 7, "quote", "“")],
    ["a word of another language", '{"a": None}', at(1, 7, "unexpected", "N")],
    ["a line break inside a text", '{"a": "one\ntwo"}', at(1, 11, "line_break", "\n")],
    ["a bad escape", '{"a": "\\x"}', at(1, 8, "escape", "\\")],
    ["a second payload behind the first", '{"a": 1}\n{"b": 2}', at(2, 1, "after_end", "{")],
    ["a wrong bracket", '{"a": [1}', at(1, 9, "comma", "}")],
    ["what stands behind an emoji", '{"😀": 1,, "b": 2}', at(1, 9, "key", ",")],
    ["nothing at all", "", { line: 1, column: 1, kind: "ends", found: " " }],
  ])("%s", (_, text, expected) => {
    expect(findJsonProblem(text)).toEqual(expected);
  });

  test("is found exactly when JSON.parse refuses the text", () => {
    const changed = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "\\", "\n", "x", "1"))
      .map(([json, place, sign]) => {
        const at = place % (json.length + 1);
        return json.slice(0, at) + sign + json.slice(at + 1);
      });
    fc.assert(
      fc.property(fc.oneof(changed, fc.json(), fc.string()), (text) => {
        expect(findJsonProblem(text) === null).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });

  test("is found in a megabyte of brackets or letters", () => {
    expect(findJsonProblem("[".repeat(1_000_000))).toMatchObject({ kind: "ends" });
    expect(findJsonProblem(`"${"a".repeat(1_000_000)}`)).toMatchObject({ column: 1_000_002 });
  });
});

function at(line: number, column: number, kind: JsonProblem["kind"], found: string): JsonProblem {
  return { line, column, kind, found };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
