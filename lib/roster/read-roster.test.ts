import { expect, test } from "vitest";
import { anEntry, toSource } from "#testing/roster.ts";
import { readRoster } from "./read-roster.ts";

test("reading a large roster lets others have their turn, however fast it comes", async () => {
  const entries = Array.from({ length: 20_000 }, () => anEntry());
  let turns = 0;
  let longest = 0;
  let before = performance.now();
  const turn = () => {
    turns += 1;
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
    timer = setImmediate(turn);
  };
  let timer = setImmediate(turn);
  const startedAt = performance.now();
  const roster = await readRoster(toSource(entries));
  const took = performance.now() - startedAt;
  clearImmediate(timer);
  expect(roster.entries).toHaveLength(20_000);
  // A busy machine may stop the whole process; what counts is that the work comes in slices.
  expect(turns).toBeGreaterThan(5);
  expect(longest).toBeLessThan(took / 2);
});
