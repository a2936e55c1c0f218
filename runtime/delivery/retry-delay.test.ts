import fc from "fast-check";
import { expect, test } from "vitest";
import { retryDelayMs } from "./retry-delay.ts";

test("doubles from half a second to a minute, and half of it is random", () => {
  const longest = [1, 2, 3, 7, 8, 100].map((attempts) => retryDelayMs(attempts, () => 1));
  expect(longest).toEqual([500, 1_000, 2_000, 32_000, 60_000, 60_000]);
  expect(retryDelayMs(1, () => 0)).toBe(250);
});

test("is never longer than a minute, nor close to zero", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, r) => {
        const wait = retryDelayMs(n, () => r);
        return wait >= 250 && wait <= 60_000;
      },
    ),
  );
});
