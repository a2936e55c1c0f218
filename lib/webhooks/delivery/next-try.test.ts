import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_TRIES, toNextTry } from "./next-try.ts";

const now = new Date("2027-03-01T09:00:00Z");
const DAY_MS = 86_400_000;
const secondsOf = (options: { tries?: number; retryAfter?: string | null; random?: number }) => {
  const next = toNextTry({ tries: 1, retryAfter: null, random: 0.5, now, ...options });
  return next && (next.getTime() - now.getTime()) / 1_000;
};

test("ten tries take three days, with pauses that grow", () => {
  const pauses = Array.from({ length: MAX_TRIES - 1 }, (_, index) =>
    secondsOf({ tries: index + 1 }),
  ).map(Number);
  expect(MAX_TRIES).toBe(10);
  expect(pauses[0]).toBe(5);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  const total = pauses.reduce((sum, pause) => sum + pause, 0) * 1_000;
  expect(total).toBeGreaterThan(2.5 * DAY_MS);
  expect(total).toBeLessThan(3 * DAY_MS);
  expect(secondsOf({ tries: MAX_TRIES })).toBeNull();
});

test("a pause is a tenth shorter or longer at most, by chance", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: MAX_TRIES - 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (tries, random) => {
        const ratio = Number(secondsOf({ tries, random })) / Number(secondsOf({ tries }));
        expect(ratio).toBeGreaterThan(0.89);
        expect(ratio).toBeLessThan(1.11);
      },
    ),
  );
  expect(secondsOf({ tries: 5, random: 0 })).not.toBe(secondsOf({ tries: 5, random: 1 }));
});

test.each([
  ["3600", 3_600],
  ["Mon, 01 Mar 2027 10:00:00 GMT", 3_600],
  ["1", 5],
  ["0", 5],
  ["-100", 5],
  ["Mon, 01 Mar 2027 08:00:00 GMT", 5],
  ["soon", 5],
  ["", 5],
  ["1e9", 5],
  ["999999999999", 86_400],
  ["Mon, 01 Mar 2055 10:00:00 GMT", 86_400],
])("Retry-After %j is waited for, a day at most: %d s", (retryAfter, seconds) => {
  expect(secondsOf({ retryAfter })).toBe(seconds);
});

test("after the last try, Retry-After gives no other", () => {
  expect(secondsOf({ tries: MAX_TRIES, retryAfter: "60" })).toBeNull();
});
