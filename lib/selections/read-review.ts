import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { parseInput } from "../parse-input.ts";
import { type Effect, planSelection } from "./plan-selection.ts";
import { type LeftMixed, readLeftMixed } from "./read-left-mixed.ts";
import {
  requireKept,
  requireReader,
  SELECTION_INCLUDE,
  type SelectionRecord,
  selectionIdSchema,
  toSelectionRecord,
} from "./selection-record.ts";

/** A number of a selection, and what confirming does to it unless it is excluded. */
export type ReviewItem = { number: NumberRecord; effect: Effect; isExcluded: boolean };

export type Review = {
  selection: SelectionRecord;
  /** By effect, and in the order of the selection within each. */
  items: ReviewItem[];
  /** What confirming does now: the numbers that change, and those of the request. */
  expected: { changes: number; requests: number };
  /** Accounts of which some numbers would be on and some off afterwards. */
  leftMixed: LeftMixed[];
};

const EFFECTS: readonly Effect[] = ["changes", "needs-approval", "stale", "retired", "unchanged"];

/**
 * Reads a selection with the present state of its numbers, and what confirming it would do. For who made it,
 * and for those who approve requests.
 *
 * @throws AppError NOT_FOUND, also a day after it was made; FORBIDDEN
 */
export async function readReview(actor: Actor, selectionId: string): Promise<Review> {
  authorize(actor, "desk:read", { tried: selectionId });
  const id = parseInput(selectionIdSchema, selectionId);
  const stored = await db().selection.findUnique({
    where: { id },
    include: { ...SELECTION_INCLUDE, items: { orderBy: { place: "asc" } } },
  });
  const row = requireKept(stored, databaseNow());
  requireReader(actor, row);
  const runner = toPrismaRunner(db());
  const plan = await planSelection(runner, row);
  const { passed, needApproval } = plan.decision;
  const items = row.items.flatMap(({ phoneNumberId, isExcluded }): ReviewItem[] => {
    const number = plan.view.numbers.get(phoneNumberId);
    return number ? [{ number, effect: plan.effectOf(phoneNumberId), isExcluded }] : [];
  });
  return {
    selection: toSelectionRecord(row),
    items: EFFECTS.flatMap((effect) => items.filter((item) => item.effect === effect)),
    expected: { changes: passed.length, requests: needApproval.length },
    leftMixed: await readLeftMixed(runner, {
      changing: [...passed, ...needApproval].map(({ number }) => number),
      acceptsBsuid: row.acceptsBsuid,
    }),
  };
}
