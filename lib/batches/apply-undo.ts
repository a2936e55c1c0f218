import { v7 as uuidv7 } from "uuid";
import { type AuditDraft, appendEvents } from "../audit/append-events.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import {
  type ChangedOrRequested,
  changeOrRequest,
  type TwoPeople,
} from "../flags/change-or-request.ts";
import { decideChanges, type FlagTarget, type GateView } from "../flags/gate.ts";
import { describeChanges } from "../flags/pending/describe-changes.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import type { Run, UndoConflict, UndoPlan } from "./plan-undo.ts";

/** What an undo did, and what it left as it is. */
export type UndoResult = ChangedOrRequested & {
  unchanged: NumberRecord[];
  conflicts: UndoConflict[];
  /** Of the changes that undo; null when there are none. */
  batchId: string | null;
};

type Undo = {
  plan: UndoPlan;
  view: GateView;
  reason: string;
  ticketUrl: string | null;
  twoPeople: TwoPeople;
  /** The entry that says what was undone. */
  entry: Pick<AuditDraft, "action" | "target"> & { after?: AuditDraft["after"] };
};

/** Undoes what the plan wants: through the gate, as a batch of its own, with an entry for all of it. */
export async function applyUndo(
  tx: AuditedTransaction,
  { plan, view, reason, ticketUrl, twoPeople, entry }: Undo,
): Promise<UndoResult> {
  const batchId = uuidv7();
  const decision = decideChanges(plan.wanted, { ...view, door: "direct" });
  const done = await changeOrRequest(tx, decision, { reason, ticketUrl, twoPeople, batchId });
  const { changed, needApproval } = done;
  if (changed.length > 0) {
    const after = {
      ...entry.after,
      numbers: changed.length,
      requested: needApproval.length,
      conflicts: plan.conflicts.length,
    };
    await appendEvents(tx, [{ ...entry, before: null, after, reason, ticketUrl, batchId }]);
  }
  return {
    ...done,
    unchanged: plan.unchanged.flatMap((id) => view.numbers.get(id) ?? []),
    conflicts: plan.conflicts,
    batchId: changed.length > 0 ? batchId : null,
  };
}

/** What was done that is to be undone, in a few words. */
export function describeRuns(runs: readonly Run[], { numbers }: GateView): string {
  const targets = runs.flatMap(({ phoneNumberId, before }): FlagTarget[] => {
    const number = numbers.get(phoneNumberId);
    return number ? [{ number, acceptsBsuid: !before }] : [];
  });
  return describeChanges(targets);
}
