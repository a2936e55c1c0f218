import type { AuditedTransaction } from "../db/transaction.ts";
import { changeFlags, type FlagTarget } from "../flags/change-flags.ts";
import { NUMBER_RECORD_INCLUDE, toNumberRecord } from "../numbers/number-record.ts";
import { toChunks } from "./chunks.ts";
import type { ImportPlan } from "./plan-import.ts";

/** Switches off the numbers that move to another portfolio, because their customers have other BSUIDs there. */
export async function switchOffMovers(
  tx: AuditedTransaction,
  movers: ImportPlan["movers"],
  batchId: string,
): Promise<void> {
  const portfolios = new Map(movers.map(({ phoneNumberId, to }) => [phoneNumberId, to]));
  const targetsByReason = new Map<string, FlagTarget[]>();
  for (const chunk of toChunks([...portfolios.keys()])) {
    for (const target of await readTargets(tx, chunk)) {
      const { portfolioId: from, phoneNumberId } = target.number;
      const to = portfolios.get(phoneNumberId) ?? "";
      const reason = `Moved from portfolio ${from} to ${to}: its customers have other BSUIDs there.`;
      const targets = targetsByReason.get(reason);
      if (targets) targets.push(target);
      else targetsByReason.set(reason, [target]);
    }
  }
  for (const [reason, targets] of targetsByReason) {
    for (const chunk of toChunks(targets)) await changeFlags(tx, chunk, { reason, batchId });
  }
}

async function readTargets(tx: AuditedTransaction, ids: string[]): Promise<FlagTarget[]> {
  const rows = await tx.db.number.findMany({
    where: { phoneNumberId: { in: ids } },
    include: NUMBER_RECORD_INCLUDE,
    orderBy: { phoneNumberId: "asc" },
  });
  return rows.map((row) => ({ number: toNumberRecord(row), acceptsBsuid: false }));
}
