import { expect, test } from "vitest";
import { toDelay } from "./concerns.ts";

const flag = { kind: "flag", ids: ["7"], revision: 3 } as const;
const at = (path: string, change: Parameters<typeof toDelay>[1], shown: string[] = []) =>
  toDelay(path, change, (id) => shown.includes(id));

test("a page reads again at once what it shows", () => {
  expect(at("/numbers", { ...flag, ids: ["7"] }, ["7"])).toBe(0);
  expect(at("/numbers/7", { ...flag, ids: ["7"] })).toBe(0);
  expect(at("/requests", { kind: "request", ids: ["a"] })).toBe(0);
  expect(at("/simulator", { kind: "notice", ids: [] })).toBe(0);
});

test.each([
  ["/numbers", { ...flag, ids: ["7"] }],
  ["/numbers", { ...flag, ids: [] }],
  ["/settings", { kind: "request", ids: ["a"] }],
] as const)(
  "the page %s that may only count %j takes its turn within three seconds",
  (path, { kind, ids }) => {
    const change = { kind, ids: [...ids] };
    const delays = Array.from({ length: 100 }, () => at(path, change, ["8"]) ?? -1);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(3_000);
    expect(new Set(delays).size).toBeGreaterThan(90);
  },
);

test("a page stays as it is when it does not show what changed", () => {
  expect(at("/numbers", { kind: "session", ids: ["a"] })).toBeNull();
  expect(at("/settings", { ...flag, ids: ["7"] })).toBeNull();
  expect(at("/", { ...flag, ids: ["7"] })).toBeNull();
});
