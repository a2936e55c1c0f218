import { expect, test } from "vitest";
import { progressLine } from "./progress-line.ts";

function printed(isTTY: boolean): string {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const line = progressLine({ isTTY, write });
  line.show(2_000, 9_168);
  line.show(9_168, 9_168);
  line.clear();
  return text;
}

test("a terminal shows how many entries were read, in one line that is cleared at the end", () => {
  const lines = ["2,000 of 9,168 entries read", "9,168 of 9,168 entries read", ""];
  expect(printed(true)).toBe(lines.map((line) => `\r\u001B[K${line}`).join(""));
});

test("output that is not a terminal gets no progress line", () => {
  expect(printed(false)).toBe("");
});
