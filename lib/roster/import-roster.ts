import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { type AuditDraft, appendEvents } from "../audit/append-events.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { toAuditTarget } from "../flags/change-flags.ts";
import { toChunks } from "./chunks.ts";
import { findManagers } from "./find-managers.ts";
import { type MatchedAccounts, matchAccounts, updateAccounts } from "./match-accounts.ts";
import { type ImportPlan, planImport } from "./plan-import.ts";
import { readRoster, type SourceEntry } from "./read-roster.ts";
import { switchOffMovers } from "./switch-off-movers.ts";
import { insertNumbers, updateNumbers } from "./write-numbers.ts";

/** How many of the roster's numbers were new, stored otherwise, and as they were. */
export type ImportResult = { created: number; updated: number; unchanged: number };

/** A whole roster of 200,000 takes well below this. */
const TIMEOUT_SECONDS = 120;

/**
 * Brings numbers and accounts to what the roster says, all or nothing. Numbers it leaves out
 * stay as they are. No flag is touched, but a number that moves to another portfolio is
 * switched off. A retired number stays retired; its other fields follow the roster. Takes
 * `roster:write`.
 *
 * The roster is read and checked in memory before the ledger is locked: staging it in the
 * database would hold the lock for as long as a client sends (docs/decisions/0007).
 *
 * @throws RefusedRoster naming every bad entry; PAYLOAD_TOO_LARGE beyond 200,000 entries
 */
export async function importRoster(
  actor: Actor,
  source: AsyncIterable<SourceEntry>,
): Promise<ImportResult> {
  authorize(actor, "roster:write");
  const { entries, register, problems } = await readRoster(source);
  const managerIds = await findManagers(register.managers, problems);
  problems.throwIfAny();
  if (entries.length === 0) return { created: 0, updated: 0, unchanged: 0 };
  return await inAuditedTransaction(
    actor,
    async (tx) => {
      const accounts = await matchAccounts(tx, [...register.accounts.values()], managerIds);
      const plan = await planImport(tx, entries, accounts);
      await carryOut(tx, plan, accounts);
      return toResult(plan);
    },
    { timeoutSeconds: TIMEOUT_SECONDS },
  );
}

async function carryOut(
  tx: AuditedTransaction,
  plan: ImportPlan,
  accounts: MatchedAccounts,
): Promise<void> {
  const batchId = uuidv7();
  await switchOffMovers(tx, plan.movers, batchId);
  await updateAccounts(tx, accounts.changed);
  await insertNumbers(tx, plan.created);
  await updateNumbers(tx, plan.updated);
  for (const drafts of toChunks(toDrafts(plan, accounts, batchId))) await appendEvents(tx, drafts);
}

/** Empty when nothing changed: then the import leaves no trace. */
function toDrafts(plan: ImportPlan, accounts: MatchedAccounts, batchId: string): AuditDraft[] {
  const updates = [...plan.updated, ...plan.alsoChanged];
  if (updates.length + plan.created.length + accounts.changed.length === 0) return [];
  const { created, updated, unchanged } = toResult(plan);
  const total = created + updated + unchanged;
  const imported: AuditDraft = {
    action: "roster.imported",
    target: { type: "roster", id: batchId, display: `Roster of ${total} numbers` },
    before: null,
    after: {
      created,
      updated,
      unchanged,
      switchedOff: plan.movers.length,
      accountsCreated: accounts.createdCount,
      accountsUpdated: accounts.changed.length,
    },
    batchId,
  };
  const details = updates.map(({ number, before, after }): AuditDraft => {
    return { action: "number.updated", target: toAuditTarget(number), before, after, batchId };
  });
  return [imported, ...details];
}

function toResult(plan: ImportPlan): ImportResult {
  return {
    created: plan.created.length,
    updated: plan.updated.length,
    unchanged: plan.unchangedCount,
  };
}
