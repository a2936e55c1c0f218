import type { SqlRunner } from "../db/sql-runner.ts";
import { decideChanges, type GateDecision, type GateView } from "../flags/gate.ts";
import { readGateView } from "../flags/read-gate-view.ts";

/** A number of a selection, as it was selected. */
export type SelectionItem = { phoneNumberId: string; flagVersion: number; isExcluded: boolean };

/**
 * What confirming does to a number: changes it, asks for a second person, nothing because it is as wanted, or
 * leaves it because it changed since it was selected, or is retired.
 */
export type Effect = "changes" | "needs-approval" | "unchanged" | "stale" | "retired";

/** A selection's numbers as they are now. */
export type SelectionPlan = {
  view: GateView;
  /** What becomes of those that are not excluded. */
  decision: GateDecision;
  effectOf: (phoneNumberId: string) => Effect;
};

/** Plans a selection by the present state of its numbers. */
export async function planSelection(
  runner: SqlRunner,
  { items, acceptsBsuid }: { items: readonly SelectionItem[]; acceptsBsuid: boolean },
): Promise<SelectionPlan> {
  const view = await readGateView(
    runner,
    items.map(({ phoneNumberId }) => phoneNumberId),
  );
  const decide = (some: readonly SelectionItem[]) =>
    decideChanges(
      some.map(({ phoneNumberId, flagVersion }) => ({
        phoneNumberId,
        acceptsBsuid,
        expectedVersion: flagVersion,
      })),
      { ...view, door: "direct" },
    );
  const effects = toEffects(decide(items));
  return {
    view,
    decision: decide(items.filter(({ isExcluded }) => !isExcluded)),
    effectOf: (phoneNumberId) => effects.get(phoneNumberId) ?? "retired",
  };
}

function toEffects(decision: GateDecision): Map<string, Effect> {
  const effects = new Map<string, Effect>();
  for (const { number } of decision.passed) effects.set(number.phoneNumberId, "changes");
  for (const { number } of decision.needApproval)
    effects.set(number.phoneNumberId, "needs-approval");
  for (const { phoneNumberId } of decision.unchanged) effects.set(phoneNumberId, "unchanged");
  for (const { phoneNumberId, why } of decision.refusals)
    effects.set(phoneNumberId, why === "stale" ? "stale" : "retired");
  return effects;
}
