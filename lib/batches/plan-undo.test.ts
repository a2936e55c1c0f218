import fc from "fast-check";
import { expect, test } from "vitest";
import type { NumberRecord } from "../numbers/number-record.ts";
import { planUndo, toRuns } from "./plan-undo.ts";
import type { Flip } from "./read-flips.ts";

const ID = "1";

/** The changes of a number that began phone-only, by who made each. */
function toFlips(actors: readonly string[]): Flip[] {
  return actors.map((actorId, index) => ({
    seq: index + 1,
    phoneNumberId: ID,
    acceptsBsuid: index % 2 === 0,
    revision: index + 1,
    actorId,
  }));
}

function toNumber(flips: readonly Flip[], retiredAt: string | null = null) {
  const last = flips.at(-1);
  const { acceptsBsuid = false, revision: flagRevision = 0 } = last ?? {};
  const number = { phoneNumberId: ID, acceptsBsuid, flagRevision, retiredAt } as NumberRecord;
  return new Map([[ID, number]]);
}

/** @param movedAt after how many changes the number moved */
function plan(
  actors: readonly string[],
  { undoneBy = new Set<number>(), movedAt = [] as number[] } = {},
) {
  const flips = toFlips(actors);
  const moves = new Map([[ID, movedAt.map((count) => count + 0.5)]]);
  const runs = toRuns(flips, { moves, isOurs: ({ actorId }) => actorId === "ana" });
  return planUndo(runs, { numbers: toNumber(flips), undoneBy });
}

const left = (why: string) => ({
  wanted: [],
  unchanged: [],
  conflicts: [{ phoneNumberId: ID, why }],
});

test.each([
  [["ana"], false],
  [["bo", "ana"], true],
  [["ana", "bo", "ana"], false],
  [["bo", "ana", "ana", "ana"], true],
  [["ana", "bo", "bo", "ana"], true],
])("after changes by %j undoing Ana's sets %s", (actors, acceptsBsuid) => {
  const wanted = [{ phoneNumberId: ID, acceptsBsuid }];
  expect(plan(actors)).toEqual({ wanted, unchanged: [], conflicts: [] });
});

test("a number that somebody else changed since is left", () => {
  expect(plan(["ana", "bo"])).toEqual(left("changed-since"));
  expect(plan(["ana", "bo", "bo"])).toEqual(left("changed-since"));
});

test("a number that is back where it was is unchanged", () => {
  expect(plan(["ana", "ana"])).toEqual({ wanted: [], unchanged: [ID], conflicts: [] });
});

test("what an earlier undo took back is unchanged, not in conflict", () => {
  expect(plan(["ana", "undo"], { undoneBy: new Set([2]) })).toMatchObject({
    unchanged: [ID],
    conflicts: [],
  });
});

test("a retired number is left", () => {
  const flips = toFlips(["ana"]);
  const runs = toRuns(flips, { moves: new Map(), isOurs: () => true });
  const numbers = toNumber(flips, "2026-01-01T00:00:00.000Z");
  expect(planUndo(runs, { numbers, undoneBy: new Set() })).toEqual(left("retired"));
});

test("a number that moved after the last change is left, and a move before it changes nothing", () => {
  expect(plan(["ana"], { movedAt: [1] })).toEqual(left("moved"));
  expect(plan(["bo", "ana"], { movedAt: [0, 2] })).toEqual(left("moved"));
  expect(plan(["bo", "ana"], { movedAt: [0, 1] }).wanted).toMatchObject([{ acceptsBsuid: true }]);
});

test("what was before a move is not restored after it", () => {
  expect(plan(["bo", "ana", "ana", "ana"], { movedAt: [2] })).toMatchObject({
    wanted: [],
    unchanged: [ID],
  });
  expect(plan(["ana", "ana", "ana"], { movedAt: [2] }).wanted).toMatchObject([
    { acceptsBsuid: false },
  ]);
});

test("every number is named once, and one whose last change is another's is never taken", () => {
  const actors = fc.array(fc.constantFrom("ana", "bo"), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(actors, (by) => {
      const { wanted, unchanged, conflicts } = plan(by);
      const count = wanted.length + unchanged.length + conflicts.length;
      expect(count).toBe(by.includes("ana") ? 1 : 0);
      if (by.at(-1) !== "ana") expect(wanted).toEqual([]);
    }),
  );
});

test("an undo restores what another left before the last uninterrupted changes", () => {
  const actors = fc.array(fc.constantFrom("ana", "bo"), { maxLength: 12 });
  fc.assert(
    fc.property(actors, fc.integer({ min: 1, max: 5 }), (others, count) => {
      const before = [...others, "bo"];
      const { wanted, unchanged } = plan([...before, ...Array(count).fill("ana")]);
      const state = toFlips(before).at(-1)?.acceptsBsuid;
      if (count % 2 === 0) expect(unchanged).toEqual([ID]);
      else expect(wanted).toEqual([{ phoneNumberId: ID, acceptsBsuid: state }]);
    }),
  );
});
