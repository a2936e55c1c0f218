import { z } from "zod";
import type { SqlRunner } from "../db/sql-runner.ts";
import { decideChanges, type GateDecision, type GateView } from "../flags/gate.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { planUndo, requireFew, toRuns, type UndoPlan } from "./plan-undo.ts";
import { readFlipsFrom, readMoves, readPersonFlips } from "./read-flips.ts";

/** Whose changes, and since when. */
export const personStretchSchema = z.strictObject({
  personId: z.uuid(),
  since: z.iso.datetime({ offset: true, error: "since must be a time with its zone." }),
});

type PersonUndo = { plan: UndoPlan; view: GateView; decision: GateDecision };

/** Plans to undo what a person did since a time. */
export async function planPersonUndo(
  runner: SqlRunner,
  stretch: { personId: string; since: Date },
): Promise<PersonUndo> {
  const theirs = await readPersonFlips(runner, stretch);
  const phoneNumberIds = [...new Set(theirs.map((flip) => flip.phoneNumberId))];
  requireFew(phoneNumberIds);
  const firstSeq = theirs[0]?.seq ?? 0;
  const all = await readFlipsFrom(runner, { firstSeq, phoneNumberIds });
  const seqs = new Set(theirs.map(({ seq }) => seq));
  const runs = toRuns(all, {
    moves: await readMoves(runner, all),
    isOurs: ({ seq }) => seqs.has(seq),
  });
  const view = await readGateView(runner, phoneNumberIds);
  const plan = planUndo(runs, { numbers: view.numbers, undoneBy: new Set() });
  return { plan, view, decision: decideChanges(plan.wanted, { ...view, door: "direct" }) };
}
