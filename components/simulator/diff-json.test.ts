import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffJson, toJsonLines } from "./diff-json.ts";

const OFF = { sender: { id: "+15550100123", name: "Bo K" }, timestamp: "1" };
const ON = {
  sender: { id: "US.4", userId: "US.4", phoneNumber: "+15550100123", name: "Bo K" },
  timestamp: "1",
};

describe("two webhooks side by side", () => {
  test("have equal lines beside each other, and differing ones marked by path", () => {
    const { rows, paths } = diffJson(OFF, ON);
    expect(paths).toEqual(["sender.id", "sender.userId", "sender.phoneNumber"]);
    expect(rows).toEqual([
      { left: "{", right: "{", differs: false },
      { left: '  "sender": {', right: '  "sender": {', differs: false },
      { left: '    "id": "+15550100123",', right: '    "id": "US.4",', differs: true },
      { left: null, right: '    "userId": "US.4",', differs: true },
      { left: null, right: '    "phoneNumber": "+15550100123",', differs: true },
      { left: '    "name": "Bo K"', right: '    "name": "Bo K"', differs: false },
      { left: "  },", right: "  },", differs: false },
      { left: '  "timestamp": "1"', right: '  "timestamp": "1"', differs: false },
      { left: "}", right: "}", differs: false },
    ]);
  });

  test("differ nowhere when they are the same", () => {
    expect(diffJson(ON, structuredClone(ON)).paths).toEqual([]);
  });

  test.each<[string, unknown, unknown, string[]]>([
    ["a value that only one side has", { a: 1 }, { a: 1, b: { c: 2 } }, ["b"]],
    ["a text and an object", { a: "1" }, { a: { b: 1 } }, ["a"]],
    ["an object and a list", { a: {} }, { a: [] }, ["a"]],
    ["an entry of a list", { a: [1, 2] }, { a: [1, 3, 4] }, ["a[1]", "a[2]"]],
    ["null and an empty text", { a: null }, { a: "" }, ["a"]],
    ["the whole", "dropped", { a: 1 }, [""]],
  ])("name %s", (_, left, right, paths) => {
    expect(diffJson(left, right).paths).toEqual(paths);
  });

  test("are written as JSON.stringify does, and differ where their values do", () => {
    // Leaves out what is not tested here: texts that are too long to show, and JSON's -0 and __proto__.
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(json, json, (left, right) => {
        const { rows, paths } = diffJson(left, right);
        const side = (name: "left" | "right") => rows.flatMap((row) => row[name] ?? []).join("\n");
        expect(JSON.parse(side("left"))).toEqual(left);
        expect(JSON.parse(side("right"))).toEqual(right);
        expect(paths.length === 0).toBe(isDeepEqual(left, right));
        expect(toJsonLines(right).join("\n")).toBe(JSON.stringify(right, null, 2));
      }),
      { numRuns: 500 },
    );
  });

  test("stay short and are computed quickly, however deep or large a message is", () => {
    const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
    expect(diffJson(deep, deep).rows.length).toBeLessThan(100);
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`k${key}`, key]));
    const lines = toJsonLines(keys);
    expect(lines).toHaveLength(203);
    expect(lines.at(-2)).toBe('  "…": "99800 more"');
    expect(toJsonLines("a".repeat(1_000_000)).join("").length).toBeLessThan(500);
  });
});

function isDeepEqual(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}
