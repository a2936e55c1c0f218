import type { AuditFields } from "../audit/event.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { type CurrentNumber, readNumbers, readNumbersOfAccounts } from "./current-numbers.ts";
import type { MatchedAccount, MatchedAccounts } from "./match-accounts.ts";
import { diffFields, toFields } from "./number-fields.ts";
import type { RosterEntry } from "./roster-entry.ts";

type NumberToCreate = { entry: RosterEntry; accountId: string };

type NumberToUpdate = {
  number: Pick<CurrentNumber, "phoneNumberId" | "displayPhoneNumber" | "label">;
  before: AuditFields;
  after: AuditFields;
};

/** What an import will write, found under the ledger's lock. */
export type ImportPlan = {
  created: NumberToCreate[];
  /** Entries whose number is stored otherwise, for the rows and for the trail. */
  updated: (NumberToUpdate & { entry: RosterEntry; accountId: string })[];
  /** Numbers outside the roster whose account gets another name or manager: for the trail. */
  alsoChanged: NumberToUpdate[];
  /** Numbers that are on and move to another portfolio. */
  movers: { phoneNumberId: string; to: string }[];
  unchangedCount: number;
};

/** Compares the roster with what is stored. */
export async function planImport(
  tx: AuditedTransaction,
  entries: readonly RosterEntry[],
  accounts: MatchedAccounts,
): Promise<ImportPlan> {
  const ids = entries.map(({ phoneNumberId }) => phoneNumberId);
  const current = await readNumbers(tx, ids);
  const plan: ImportPlan = {
    created: [],
    updated: [],
    alsoChanged: [],
    movers: [],
    unchangedCount: 0,
  };
  for (const entry of entries) {
    const account = requireAccount(accounts, entry.accountExternalId);
    const number = current.get(entry.phoneNumberId);
    if (number) planUpdate(plan, number, entry, account);
    else plan.created.push({ entry, accountId: account.id });
  }
  plan.alsoChanged = await planOthers(tx, new Set(ids), accounts);
  return plan;
}

function planUpdate(
  plan: ImportPlan,
  number: CurrentNumber,
  entry: RosterEntry,
  account: MatchedAccount,
): void {
  const diff = diffFields(number, toFields(entry, account.managerEmail));
  if (!diff) {
    plan.unchangedCount += 1;
    return;
  }
  plan.updated.push({ number: entry, ...diff, entry, accountId: account.id });
  const { phoneNumberId } = number;
  if (number.acceptsBsuid && number.portfolioId !== entry.portfolioId) {
    plan.movers.push({ phoneNumberId, to: entry.portfolioId });
  }
}

/** An account's new name or manager is also that of its numbers which the roster leaves out. */
async function planOthers(
  tx: AuditedTransaction,
  inRoster: ReadonlySet<string>,
  accounts: MatchedAccounts,
): Promise<NumberToUpdate[]> {
  const accountIds = accounts.changed.map(({ id }) => id);
  const numbers = await readNumbersOfAccounts(tx, accountIds);
  return numbers.flatMap((number) => {
    if (inRoster.has(number.phoneNumberId)) return [];
    const { name: accountName, managerEmail } = requireAccount(accounts, number.accountExternalId);
    const diff = diffFields(number, { ...number, accountName, managerEmail });
    return diff ? [{ number, ...diff }] : [];
  });
}

function requireAccount({ byExternalId }: MatchedAccounts, externalId: string): MatchedAccount {
  const account = byExternalId.get(externalId);
  if (!account) throw new Error(`Account ${externalId} was neither found nor inserted.`);
  return account;
}
