import { type AuditDraft, appendEvents } from "../audit/append-events.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { changeFlags, toAuditTarget } from "../flags/change-flags.ts";
import { decideChanges } from "../flags/gate.ts";
import { endPending } from "../flags/pending/end-pending.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { toChunks } from "./chunks.ts";
import type { AbsentNumber } from "./current-numbers.ts";

const REASON = "The roster leaves it out, and was to retire what it leaves out.";

/** Retires the numbers that the roster leaves out; switches off first those that are on. */
export async function retireAbsent(
  tx: AuditedTransaction,
  absent: readonly AbsentNumber[],
  batchId: string,
): Promise<void> {
  for (const chunk of toChunks(absent)) {
    const ids = chunk.map(({ phoneNumberId }) => phoneNumberId);
    const view = await readGateView(toPrismaRunner(tx.db), ids);
    const numbers = [...view.numbers.values()];
    const changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: false }));
    const { passed } = decideChanges(changes, { ...view, door: "required" });
    const switchedOff = await changeFlags(tx, passed, { reason: REASON, batchId });
    await tx.db.number.updateMany({
      where: { phoneNumberId: { in: ids } },
      data: { retiredAt: tx.now },
    });
    const change = { before: { retiredAt: null }, after: { retiredAt: tx.now.toISOString() } };
    const drafts = numbers.map((number): AuditDraft => {
      const target = toAuditTarget(number);
      return { action: "number.retired", target, ...change, reason: REASON, batchId };
    });
    await appendEvents(tx, drafts);
    const now = new Map(
      [...numbers, ...switchedOff].map((number) => [number.phoneNumberId, number]),
    );
    const moves = [...now.values()].map((number) => ({ number, how: "retired" as const }));
    await endPending(tx, moves, batchId);
  }
}
