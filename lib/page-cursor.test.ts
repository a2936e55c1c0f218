import { expect, test } from "vitest";
import { countPage, MAX_CHANGES_OF_PAGE } from "./page-cursor.ts";

test.each([
  ["as many rows as asked for", [1, 1, 1], 2, 2],
  ["all rows where there are fewer", [1, 1], 50, 2],
  ["fewer rows where they have many changes", [9_000, 900, 200, 1], 50, 2],
  ["one row, however many changes it has", [MAX_CHANGES_OF_PAGE * 2, 1], 50, 1],
  ["none of none", [], 50, 0],
])("a page has %s", (_, changes, limit, rows) => {
  expect(countPage(changes, limit)).toBe(rows);
});
