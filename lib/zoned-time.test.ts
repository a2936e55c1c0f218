import { expect, test } from "vitest";
import { countSpellings, isTimeZone, toLocalSecond } from "./zoned-time.ts";

/** Some of the 2^28 spellings of one zone: Intl ignores case. */
function spell(round: number): string {
  const name = "america/argentina/comodrivadavia";
  return [...name]
    .map((letter, at) => ((round >> at) & 1 ? letter.toUpperCase() : letter))
    .join("");
}

test("spellings of a zone without end are all understood, and few are kept", () => {
  for (let round = 0; round < 3_000; round += 1) expect(isTimeZone(spell(round))).toBe(true);
  expect(countSpellings()).toBeLessThanOrEqual(1_500);
  expect(toLocalSecond(0, spell(2_999))).toBe(toLocalSecond(0, "America/Argentina/Catamarca"));
});
