import { expect, test } from "vitest";
import { toStretches } from "./to-stretches.ts";

const SIZE = 65_536n;
const numbersOf = (query: string) =>
  query.split(" | ").map((lexeme) => Number(lexeme.slice(2, -1)));

test.each<[string, { first: bigint; last: bigint }, number[][]]>([
  ["one entry", { first: 7n, last: 7n }, [[0]]],
  ["both ends of a stretch", { first: SIZE, last: 2n * SIZE - 1n }, [[1]]],
  ["the entries on both sides of a border", { first: SIZE - 1n, last: SIZE }, [[1], [0]]],
  ["several stretches, newest first", { first: 3n * SIZE, last: 6n * SIZE }, [[6], [5], [4], [3]]],
  ["no entries", { first: SIZE, last: SIZE - 1n }, []],
])("%s", (_, range, expected) => {
  expect(toStretches(range, [1n]).map(({ query }) => numbersOf(query))).toEqual(expected);
});

test("the last size goes on, and the oldest stretch has what is left", () => {
  const stretches = toStretches({ first: 5n, last: 6n * SIZE }, [1n, 4n]);
  expect(stretches.map(({ query }) => numbersOf(query))).toEqual([[6], [5, 4, 3, 2], [1, 0]]);
  expect(stretches.map(({ first, last }) => [first / SIZE, last / SIZE])).toEqual([
    [6n, 6n],
    [2n, 5n],
    [0n, 1n],
  ]);
  expect(stretches.at(1)).toMatchObject({ first: 2n * SIZE, last: 6n * SIZE - 1n });
});
