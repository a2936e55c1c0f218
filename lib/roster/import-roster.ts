import { v7 as uuidv7 } from "uuid";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { toAccountTarget } from "../accounts/account-record.ts";
import { type AuditDraft, appendEvents } from "../audit/append-events.ts";
import { db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { toAuditTarget } from "../flags/change-flags.ts";
import { endPending } from "../flags/pending/end-pending.ts";
import { diffAccount } from "./account-fields.ts";
import { checkPlan, toSwitchedOff } from "./check-plan.ts";
import { toChunks } from "./chunks.ts";
import { findLookalikes } from "./find-lookalikes.ts";
import { findManagers } from "./find-managers.ts";
import { findWarnings } from "./find-warnings.ts";
import type { ImportOptions } from "./import-options.ts";
import { type ImportResult, toDryRun, toResult } from "./import-result.ts";
import {
  insertAccounts,
  type MatchedAccounts,
  matchAccounts,
  updateAccounts,
} from "./match-accounts.ts";
import { type ImportPlan, planImport } from "./plan-import.ts";
import { type Roster, readRoster, type SourceEntry } from "./read-roster.ts";
import { retireAbsent } from "./retire-absent.ts";
import { ProblemList } from "./roster-problem.ts";
import { WarningList } from "./roster-warning.ts";
import { switchOffMovers } from "./switch-off-movers.ts";
import { insertNumbers, updateNumbers } from "./write-numbers.ts";

/** Far more than a full roster of 200,000 takes. */
const TIMEOUT_SECONDS = 120;

/**
 * Updates numbers and accounts to match the roster, all or nothing. Numbers that it leaves out stay
 * unchanged, unless `retireAbsent` retires them. Flags stay unchanged, but a number that moves to another
 * portfolio is switched off. A retired number stays retired; its other fields are updated. Takes
 * `roster:write`.
 *
 * The roster is read and checked in memory before the ledger is locked: staging it in the
 * database would hold the lock for as long as a client sends (docs/decisions/0007-a-roster-is-checked-before-it-is-locked.md).
 *
 * @throws RefusedRoster naming every bad entry; PAYLOAD_TOO_LARGE beyond 200,000 entries;
 *   CONFLICT when it would switch off or retire more than was expected
 */
export async function importRoster(
  actor: Actor,
  source: AsyncIterable<SourceEntry>,
  options: ImportOptions = {},
): Promise<ImportResult> {
  authorize(actor, "roster:write");
  const roster = await readRoster(source);
  const managerIds = await findManagers(roster.register.managers, roster.problems);
  const checkedAt = await readLedgerSeq();
  await findLookalikes(db(), roster);
  roster.problems.throwIfAny();
  if (options.retireAbsent) refuseEmpty(roster);
  await findWarnings(roster);
  const compare = async (client: Prisma.TransactionClient) => {
    const wanted = [...roster.register.accounts.values()];
    const accounts = await matchAccounts(client, wanted, managerIds);
    const { entries, places } = roster;
    const isRetiring = options.retireAbsent === true;
    const plan = await planImport(client, { entries, places, accounts, isRetiring });
    plan.problems.throwIfAny();
    return { accounts, plan };
  };
  if (options.dryRun) return toDryRun((await compare(db())).plan, roster.warnings, options);
  if (roster.entries.length === 0) {
    checkPlan((await compare(db())).plan, options);
    return { created: 0, updated: 0, unchanged: 0 };
  }
  return await inAuditedTransaction(
    actor,
    async (tx) => {
      if (tx.head.seq !== checkedAt) await refuseNewLookalikes(tx, roster);
      const { accounts, plan } = await compare(tx.db);
      checkPlan(plan, options);
      await applyPlan(tx, plan, accounts);
      return toResult(plan, roster.warnings, options);
    },
    { timeoutSeconds: TIMEOUT_SECONDS },
  );
}

async function readLedgerSeq(): Promise<number> {
  const { seq } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  return Number(seq);
}

/** Looks for lookalikes again, under the lock: accounts may have been added since the first check. */
async function refuseNewLookalikes(tx: AuditedTransaction, { register }: Roster): Promise<void> {
  const problems = new ProblemList();
  await findLookalikes(tx.db, { register, problems, warnings: new WarningList() });
  problems.throwIfAny();
}

/** An empty roster is a mistake, never an order to retire every number. */
function refuseEmpty({ entries }: Roster): void {
  if (entries.length > 0) return;
  const why = "The roster is empty, and with retireAbsent would retire every number.";
  throw new AppError("CONFLICT", `${why} Nothing was imported.`);
}

async function applyPlan(
  tx: AuditedTransaction,
  plan: ImportPlan,
  accounts: MatchedAccounts,
): Promise<void> {
  const batchId = uuidv7();
  for (const chunk of toChunks(plan.moved)) {
    const moves = chunk.map((number) => ({ number, how: "moved" as const }));
    await endPending(tx, moves, batchId);
  }
  await switchOffMovers(tx, plan.movers, batchId);
  await insertAccounts(tx, accounts.created);
  await updateAccounts(tx, accounts.changed);
  await insertNumbers(tx, plan.created);
  await updateNumbers(tx, plan.updated);
  await appendChanges(tx, { plan, accounts, batchId });
  await retireAbsent(tx, plan.absent, batchId);
}

/** Appends the import's events; none if nothing changed. */
async function appendChanges(
  tx: AuditedTransaction,
  what: { plan: ImportPlan; accounts: MatchedAccounts; batchId: string },
): Promise<void> {
  const { plan, accounts, batchId } = what;
  const updates = [...plan.updated, ...plan.alsoChanged];
  const changedCount = updates.length + plan.created.length + plan.absent.length;
  if (changedCount + accounts.changed.length === 0) return;
  const [created, updated] = [plan.created.length, plan.updated.length];
  const total = created + updated + plan.unchangedCount;
  const imported: AuditDraft = {
    action: "roster.imported",
    target: { type: "roster", id: batchId, display: `Roster of ${total} numbers` },
    before: null,
    after: {
      created,
      updated,
      unchanged: plan.unchangedCount,
      switchedOff: toSwitchedOff(plan).length,
      accountsCreated: accounts.created.length,
      accountsUpdated: accounts.changed.length,
      ...(plan.absent.length > 0 ? { retired: plan.absent.length } : {}),
    },
    batchId,
  };
  await appendEvents(tx, [imported]);
  for (const chunk of toChunks(accounts.changed)) {
    const drafts = chunk.map(({ before, after }): AuditDraft => {
      const target = toAccountTarget({ id: after.id, name: after.name });
      return { action: "account.updated", target, ...diffAccount(before, after), batchId };
    });
    await appendEvents(tx, drafts);
  }
  for (const chunk of toChunks(updates)) {
    const drafts = chunk.map(({ number, before, after }): AuditDraft => {
      return { action: "number.updated", target: toAuditTarget(number), before, after, batchId };
    });
    await appendEvents(tx, drafts);
  }
}
