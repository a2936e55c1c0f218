import { expect, test } from "vitest";
import { keepOrder } from "./keep-order.ts";

test.each([
  ["stay where they are when they would be sorted anew", "abc", "cab", "abc"],
  ["leave when they are gone", "abc", "cb", "bc"],
  ["are joined by new ones where those belong", "abc", "xacyb", "xabyc"],
  ["are all new on another list", "", "cab", "cab"],
])("rows %s", (_, shown, ids, order) => {
  expect(keepOrder([...shown], [...ids]).join("")).toBe(order);
});
