import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { type ArchivedPart, findArchivedPart } from "../audit/archive/find-archived-part.ts";
import { db } from "../db/client.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { parseInput } from "../parse-input.ts";
import { personStretchSchema, planPersonUndo } from "./plan-person-undo.ts";
import type { UndoConflict } from "./plan-undo.ts";

/** What undoing a person's changes would do, with each number as it is now. */
export type PersonUndoPreview = {
  changes: NumberRecord[];
  needApproval: NumberRecord[];
  unchanged: NumberRecord[];
  conflicts: (UndoConflict & { number: NumberRecord | null })[];
  /** What they did up to then is in archives, and not undone. */
  archived: ArchivedPart | null;
};

/** Previews `undoPerson`. Takes `person:undo`. */
export async function previewPersonUndo(
  actor: Actor,
  input: z.input<typeof personStretchSchema>,
): Promise<PersonUndoPreview> {
  authorize(actor, "person:undo", { tried: input.personId });
  const { personId, since } = parseInput(personStretchSchema, input);
  const stretch = { personId, since: new Date(since) };
  const { plan, view, decision } = await planPersonUndo(toPrismaRunner(db()), stretch);
  const { numbers } = view;
  return {
    changes: decision.passed.map(({ number }) => number),
    needApproval: decision.needApproval.map(({ number }) => number),
    unchanged: plan.unchanged.flatMap((id) => numbers.get(id) ?? []),
    conflicts: plan.conflicts.map((conflict) => ({
      ...conflict,
      number: numbers.get(conflict.phoneNumberId) ?? null,
    })),
    archived: await findArchivedPart(stretch.since),
  };
}
