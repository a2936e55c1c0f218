import fc from "fast-check";
import { expect, test } from "vitest";
import { AcceptingNumbers } from "./accepting-numbers.ts";
import { PackedNumbers } from "./packed-numbers.ts";

// Few enough that deletes hit existing numbers, and close to each other as Meta's are.
const id = fc.integer({ min: 0, max: 400 }).map((last) => String(106540352242922 + last * 7));
const oddId = fc.constantFrom("0", "01", "1", "999999999", "1000000000", "9".repeat(18));

test("it behaves like a Set, whatever is added and deleted in whatever order", () => {
  const step = fc.record({ number: fc.oneof(id, oddId), isIn: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const expected = new Set<string>();
      const packed = new PackedNumbers([], 0);
      for (const { number, isIn } of steps) {
        if (isIn && PackedNumbers.canHold(number)) expected.add(number);
        else expected.delete(number);
        if (isIn) packed.add(number);
        else packed.delete(number);
      }
      for (const { number } of steps) expect(packed.has(number)).toBe(expected.has(number));
    }),
  );
});

test("only exactly the added number is in it", () => {
  const packed = new PackedNumbers(["106540352242922", "999999999"], 2);
  const near = ["0106540352242922", "106540352242922 ", "10654035224292", "1065403522429221"];
  const shifted = ["10654035224291<", "999999998:", "0000000999999999", "", "9".repeat(19)];
  for (const other of [...near, ...shifted])
    expect([other, packed.has(other)]).toEqual([other, false]);
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), (text) => {
      expect(packed.has(text)).toBe(text === "106540352242922" || text === "999999999");
    }),
  );
});

test("a large set answers like a small one, also for numbers that it cannot pack, during growth and deletes", () => {
  const odd = ["007", "1".repeat(32)];
  const all = Array.from({ length: 40_000 }, (_, at) => String(100_000_000_000_000 + at * 13));
  const numbers = new AcceptingNumbers();
  const expected = new Set<string>();
  for (const number of [...odd, ...all]) {
    numbers.set(number, true);
    expected.add(number);
  }
  for (const number of all.filter((_, at) => at % 3 === 0)) {
    numbers.set(number, false);
    expected.delete(number);
  }
  numbers.set("007", false);
  expected.delete("007");
  const asked = [...odd, ...all, "1", "x", undefined, 7, "100000000000001"];
  expect(asked.filter((one) => numbers.has(one) !== expected.has(one as string))).toEqual([]);
  expect(numbers.size).toBe(expected.size);
});
