import { expect, test } from "vitest";
import { inTurns } from "./in-turns.ts";

test("at most 500 rows are taken in one turn of the event loop, all in order", async () => {
  let turn = 0;
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const taken: number[] = [];
  const turns: number[] = [];
  for await (const row of inTurns(Array.from({ length: 2_001 }, (_, index) => index))) {
    taken.push(row);
    turns[turn] = (turns[turn] ?? 0) + 1;
  }
  isOver = true;
  expect(taken).toEqual(Array.from({ length: 2_001 }, (_, index) => index));
  expect(Math.max(...turns.filter((rows) => rows !== undefined))).toBe(500);
});
