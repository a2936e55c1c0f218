import { describe, expect, test } from "vitest";
import { findBannedWords, readBannedWords } from "./check-words.ts";

const banned = readBannedWords(`
| word           | where      | but              |
| -------------- | ---------- | ---------------- |
| \`gadget name\`  | name       | \`toolName\`       |
| \`gizmo\`        | name, text | \`tool\`, "tool"   |
| \`for a while\`  | text       | "for some time"  |
| \`wanted\`       | variable   | what it is       |
| \`Likewise\`     | opening    | what it does     |
`);

function check(text: string, file = "lib/flags/set-flag.ts") {
  return findBannedWords(file, text, banned);
}

test.each([
  "const gadget = name;",
  "the name of a gadget",
  "const gizmos = listTools();",
  "const isWanted = wanted.length > 0;",
  "const { wanted } = options;",
  "/** Sets likewise what was unset. */",
  " * Likewise, in the middle of a docstring.",
])("text that only resembles a banned word is accepted: %s", (text) => {
  expect(check(text)).toEqual([]);
});

describe("a banned word is reported with its line and what to write", () => {
  test.each([
    ["const theGadgetName = 1;", "“gadget name”; write `toolName`"],
    ["export const GADGET_NAME_MS = 1;", "“gadget name”; write `toolName`"],
    ["class GizmoQueue {}", '“gizmo”; write `tool`, "tool"'],
    ["// One gizmo only.", '“gizmo”; write `tool`, "tool"'],
    ["// It waits For a  while.", '“for a while”; write "for some time"'],
    ["  const wanted = [];", "“wanted”; write what it is"],
    ["const { rows: wanted } = result;", "“wanted”; write what it is"],
    ["/** Likewise for two. */", "“Likewise”; write what it does"],
  ])("%s", (text, expected) => {
    expect(check(`\n${text}`)).toEqual([`lib/flags/set-flag.ts:2 has ${expected}`]);
  });

  test("at the second line of a docstring, and outside of code", () => {
    expect(check("/**\n * Likewise for two.")[0]).toContain(":2 has “Likewise”");
    expect(check('"key": "A gizmo"', "messages/en.json")).toHaveLength(1);
    expect(check("const wanted = 1", "docs/api.md")).toEqual([]);
  });
});

test("an unknown kind fails", () => {
  expect(() => readBannedWords("| `gizmo` | everywhere | `tool` |")).toThrow("everywhere");
});
