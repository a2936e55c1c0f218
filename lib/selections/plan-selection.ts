import type { SqlRunner } from "../db/sql-runner.ts";
import { decideChanges, type GateDecision, type GateView } from "../flags/gate.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import type { NumberRecord } from "../numbers/number-record.ts";

/** A number of a selection, as and where it was selected. */
export type SelectionItem = {
  phoneNumberId: string;
  flagVersion: number;
  accountId: string;
  portfolioId: string;
  wabaId: string;
  isExcluded: boolean;
};

/**
 * What confirming does to a number: changes it, asks for a second person, nothing because it is as wanted, or
 * leaves it because it changed or moved since it was selected, or is retired.
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
  const isMoved = (item: SelectionItem) => hasMoved(item, view.numbers.get(item.phoneNumberId));
  const still = items.filter((item) => !isMoved(item));
  const effects = toEffects(decide(still));
  for (const item of items.filter(isMoved)) {
    const isRetired = view.numbers.get(item.phoneNumberId)?.retiredAt;
    effects.set(item.phoneNumberId, isRetired ? "retired" : "stale");
  }
  return {
    view,
    decision: decide(still.filter(({ isExcluded }) => !isExcluded)),
    effectOf: (phoneNumberId) => effects.get(phoneNumberId) ?? "retired",
  };
}

/** Whether a number went to another account, portfolio or WhatsApp Business account, which its version does not tell. */
function hasMoved(item: SelectionItem, number: NumberRecord | undefined): boolean {
  if (!number) return false;
  const { account, portfolioId, wabaId } = number;
  return (
    item.accountId !== account.id || item.portfolioId !== portfolioId || item.wabaId !== wabaId
  );
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
