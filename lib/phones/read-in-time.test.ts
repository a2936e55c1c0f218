import { expect, test } from "vitest";
import { findWanted } from "./find-wanted.ts";
import { KnownNumbers } from "./known-numbers.ts";
import { readNumbers } from "./read-numbers.ts";
import { scanText } from "./scan-text.ts";

const CHARACTERS = 100_000;
/** Of the thread's own time; where the time grew with the square of the text it was several seconds. */
const MAX_MS = 1_000;

test.each(["1.", "1'", "123,", "1.000,", "<!--", "=C3", "1\n", "+1", "a|1"])(
  "the longest text, of nothing but %j, does not hold up pollers",
  (piece) => {
    const text = piece.repeat(Math.floor(CHARACTERS / piece.length));
    const startedAt = process.threadCpuUsage();
    const scan = scanText(text);
    findWanted(scan);
    readNumbers(scan, new KnownNumbers([]));
    const { user } = process.threadCpuUsage(startedAt);
    expect(user / 1_000).toBeLessThan(MAX_MS);
  },
);

test("a text of nothing but ranges asks the database for no more than it can look up in passing", () => {
  const range = (from: number) => `${from} a ${from + 100}\n`;
  const ranges = Array.from({ length: CHARACTERS / range(1_000_000).length }, (_, index) =>
    range(1_000_000 + index * 101),
  );
  const { endings } = findWanted(scanText(ranges.join("")));
  expect(endings.length).toBeLessThan(70_000);
  expect(endings).toContain(String(1_000_000 + 101 * (ranges.length - 1)));
});
