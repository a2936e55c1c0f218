import { AppError } from "../errors.ts";
import type { WantedChange } from "../flags/gate.ts";
import { MAX_CHANGES } from "../flags/max-changes.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import type { Flip } from "./read-flips.ts";

/** Changes of one number without another's or a move in between, which are undone together. */
export type Run = {
  phoneNumberId: string;
  /** What the flag was before them. */
  before: boolean;
  /** The revision of the last of them. */
  revision: number;
  /** Whether the number moved or was retired after the last of them. */
  hasMoved: boolean;
};

/** Why an undo leaves a number: changed again since by somebody else, retired, or moved to another place. */
export const UNDO_CONFLICTS = ["changed-since", "retired", "moved"] as const;

/** A number that is left as it is. */
export type UndoConflict = { phoneNumberId: string; why: (typeof UNDO_CONFLICTS)[number] };

export type UndoPlan = {
  wanted: WantedChange[];
  /** The ids of those that are as they were before already. */
  unchanged: string[];
  conflicts: UndoConflict[];
};

/**
 * Groups changes by number.
 *
 * @param flips in the trail's order
 * @param given.moves of the numbers, by `readMoves`
 * @param given.isOurs whether a change is to be undone; one that is not ends a run, and the last run counts
 */
export function toRuns(
  flips: readonly Flip[],
  { moves, isOurs }: { moves: ReadonlyMap<string, number[]>; isOurs: (flip: Flip) => boolean },
): Run[] {
  const runs = new Map<string, Run & { lastSeq: number; isOpen: boolean }>();
  const hasMoved = (id: string, { from, to }: { from: number; to: number }) =>
    moves.get(id)?.some((seq) => seq > from && seq < to) ?? false;
  for (const flip of flips) {
    const { phoneNumberId, acceptsBsuid, revision, seq } = flip;
    const run = runs.get(phoneNumberId);
    if (!isOurs(flip)) {
      if (run) run.isOpen = false;
    } else if (run?.isOpen && !hasMoved(phoneNumberId, { from: run.lastSeq, to: seq })) {
      run.revision = revision;
      run.lastSeq = seq;
    } else {
      const begun = { phoneNumberId, before: !acceptsBsuid, revision, hasMoved: false };
      runs.set(phoneNumberId, { ...begun, lastSeq: seq, isOpen: true });
    }
  }
  return [...runs.values()].map(({ isOpen: _, lastSeq, ...run }) => {
    const { phoneNumberId } = run;
    return { ...run, hasMoved: hasMoved(phoneNumberId, { from: lastSeq, to: Infinity }) };
  });
}

/**
 * Plans how to undo changes: a number can be taken back while its latest change is one of them, and it is
 * where it was.
 *
 * @param numbers as they are now, with the ledger held
 * @param undoneBy the revisions by which the same changes were undone before
 */
export function planUndo(
  runs: readonly Run[],
  { numbers, undoneBy }: { numbers: ReadonlyMap<string, NumberRecord>; undoneBy: Set<number> },
): UndoPlan {
  const plan: UndoPlan = { wanted: [], unchanged: [], conflicts: [] };
  for (const { phoneNumberId, before, revision, hasMoved } of runs) {
    const number = numbers.get(phoneNumberId);
    const isLatest = number?.flagRevision === revision;
    const isUndone = number !== undefined && undoneBy.has(number.flagRevision);
    if (isUndone || (isLatest && number.acceptsBsuid === before))
      plan.unchanged.push(phoneNumberId);
    else if (number?.retiredAt) plan.conflicts.push({ phoneNumberId, why: "retired" });
    else if (!isLatest) plan.conflicts.push({ phoneNumberId, why: "changed-since" });
    else if (hasMoved) plan.conflicts.push({ phoneNumberId, why: "moved" });
    else plan.wanted.push({ phoneNumberId, acceptsBsuid: before });
  }
  return plan;
}

/** @throws AppError CONFLICT for more numbers than are changed at once */
export function requireFew(runs: readonly unknown[]): void {
  if (runs.length <= MAX_CHANGES) return;
  const message = `These are changes of ${runs.length} numbers, and at most ${MAX_CHANGES} are undone at once.`;
  throw new AppError("CONFLICT", message);
}
