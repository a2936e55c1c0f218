import type { AuditedTransaction } from "../db/transaction.ts";
import { changeFlags } from "../flags/change-flags.ts";
import { NUMBER_RECORD_INCLUDE, toNumberRecord } from "../numbers/number-record.ts";
import { toChunks } from "./chunks.ts";
import type { ImportPlan } from "./plan-import.ts";

/** Switches off the numbers that move to another portfolio, where their customers have other BSUIDs. */
export async function switchOffMovers(
  tx: AuditedTransaction,
  movers: ImportPlan["movers"],
  batchId: string,
): Promise<void> {
  const idsByReason = new Map<string, string[]>();
  for (const { phoneNumberId, from, to } of movers) {
    const reason = `Moved from portfolio ${from} to ${to}: its customers have other BSUIDs there.`;
    const ids = idsByReason.get(reason) ?? [];
    idsByReason.set(reason, ids);
    ids.push(phoneNumberId);
  }
  for (const [reason, ids] of idsByReason) {
    for (const chunk of toChunks(ids)) await switchOff(tx, chunk, { reason, batchId });
  }
}

async function switchOff(
  tx: AuditedTransaction,
  phoneNumberIds: string[],
  why: { reason: string; batchId: string },
): Promise<void> {
  const rows = await tx.db.number.findMany({
    where: { phoneNumberId: { in: phoneNumberIds } },
    include: NUMBER_RECORD_INCLUDE,
    orderBy: { phoneNumberId: "asc" },
  });
  const targets = rows.map((row) => ({ number: toNumberRecord(row), acceptsBsuid: false }));
  await changeFlags(tx, targets, why);
}
