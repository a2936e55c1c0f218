import { toPrismaRunner } from "../db/sql-runner.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { changeFlags } from "../flags/change-flags.ts";
import { decideChanges, type PassedChange } from "../flags/gate.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { toChunks } from "./chunks.ts";
import type { ImportPlan } from "./plan-import.ts";

/** Switches off the numbers that move to another portfolio, because their customers have other BSUIDs there. */
export async function switchOffMovers(
  tx: AuditedTransaction,
  movers: ImportPlan["movers"],
  batchId: string,
): Promise<void> {
  const portfolios = new Map(movers.map(({ phoneNumberId, to }) => [phoneNumberId, to]));
  const changesByReason = new Map<string, PassedChange[]>();
  for (const chunk of toChunks([...portfolios.keys()].sort())) {
    const view = await readGateView(toPrismaRunner(tx.db), chunk);
    const wanted = chunk.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: false }));
    for (const change of decideChanges(wanted, { ...view, door: "required" }).passed) {
      const { portfolioId: from, phoneNumberId } = change.number;
      const to = portfolios.get(phoneNumberId) ?? "";
      const reason = `Moved from portfolio ${from} to ${to}: its customers have other BSUIDs there.`;
      const changes = changesByReason.get(reason);
      if (changes) changes.push(change);
      else changesByReason.set(reason, [change]);
    }
  }
  for (const [reason, changes] of changesByReason) {
    for (const chunk of toChunks(changes)) await changeFlags(tx, chunk, { reason, batchId });
  }
}
