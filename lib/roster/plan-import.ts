import type { DraftFields } from "../audit/event.ts";
import type { Prisma } from "../db/generated/client.ts";
import { inTurns } from "../in-turns.ts";
import { toChunks } from "./chunks.ts";
import {
  type AbsentNumber,
  type CurrentNumber,
  readAbsent,
  readHolders,
  readNumbers,
  readNumbersOfAccounts,
} from "./current-numbers.ts";
import type { MatchedAccount, MatchedAccounts } from "./match-accounts.ts";
import { diffFields, toFields } from "./number-fields.ts";
import type { RosterEntry } from "./roster-entry.ts";
import { ProblemList } from "./roster-problem.ts";
import { digitsAtRisk, isRoundedBy } from "./rounded-id.ts";

type NumberToCreate = { entry: RosterEntry; accountId: string };

type NumberToUpdate = {
  number: Pick<CurrentNumber, "phoneNumberId" | "displayPhoneNumber" | "label">;
  before: DraftFields;
  after: DraftFields;
};

/** What an import will write. */
export type ImportPlan = {
  created: NumberToCreate[];
  /** Entries that differ from the stored number: rows to write, and events. */
  updated: (NumberToUpdate & { entry: RosterEntry; accountId: string })[];
  /** Numbers that move to another account, portfolio or WABA. */
  moved: CurrentNumber[];
  /** Numbers outside the roster whose account gets another name or manager: events only. */
  alsoChanged: NumberToUpdate[];
  /** Numbers that are on and move to another portfolio. */
  movers: { phoneNumberId: string; to: string }[];
  /** With `isRetiring`: the numbers in service that the roster leaves out. */
  absent: AbsentNumber[];
  /** With `isRetiring`: how many numbers are in service. */
  inServiceCount: number;
  unchangedCount: number;
  /** Problems that show only in comparison with the stored numbers. */
  problems: ProblemList;
};

export type WantedRoster = {
  entries: readonly RosterEntry[];
  /** By phone_number_id, the place in the roster. */
  places: ReadonlyMap<string, string>;
  accounts: MatchedAccounts;
  isRetiring: boolean;
};

/** Compares the roster with the stored numbers. */
export async function planImport(
  client: Prisma.TransactionClient,
  { entries, places, accounts, isRetiring }: WantedRoster,
): Promise<ImportPlan> {
  const ids = entries.map(({ phoneNumberId }) => phoneNumberId);
  const current = await readNumbers(client, ids);
  const plan: ImportPlan = {
    created: [],
    updated: [],
    moved: [],
    alsoChanged: [],
    movers: [],
    absent: [],
    inServiceCount: 0,
    unchangedCount: 0,
    problems: new ProblemList(),
  };
  for await (const entry of inTurns(entries)) {
    const account = requireAccount(accounts, entry.accountExternalId);
    const number = current.get(entry.phoneNumberId);
    if (number) {
      planUpdate(plan, number, entry, account);
      addRounded(plan.problems, places.get(entry.phoneNumberId) ?? "", { number, entry });
    } else plan.created.push({ entry, accountId: account.id });
  }
  await addRoundedNumbers(client, plan, places);
  plan.alsoChanged = await planOthers(client, places, accounts);
  if (isRetiring) Object.assign(plan, await readAbsent(client, places));
  return plan;
}

function planUpdate(
  plan: ImportPlan,
  number: CurrentNumber,
  entry: RosterEntry,
  account: MatchedAccount,
): void {
  const diff = diffFields(number, toFields(entry, account));
  if (!diff) {
    plan.unchangedCount += 1;
    return;
  }
  plan.updated.push({ number: entry, ...diff, entry, accountId: account.id });
  if (isMoved(number, entry, account)) plan.moved.push(number);
  const { phoneNumberId } = number;
  if (number.acceptsBsuid && number.portfolioId !== entry.portfolioId) {
    plan.movers.push({ phoneNumberId, to: entry.portfolioId });
  }
}

function isMoved(number: CurrentNumber, entry: RosterEntry, account: MatchedAccount): boolean {
  return (
    number.accountId !== account.id ||
    number.portfolioId !== entry.portfolioId ||
    number.wabaId !== entry.wabaId
  );
}

/** Adds a problem if an id is the stored one with its digits from the 16th on rounded: that is not a move. */
function addRounded(
  problems: ProblemList,
  at: string,
  { number, entry }: { number: CurrentNumber; entry: RosterEntry },
): void {
  for (const field of ["portfolioId", "wabaId"] as const) {
    if (!isRoundedBy(entry[field], number[field])) continue;
    const why = `a spreadsheet or program rounded the digits from the 16th on: it is ${number[field]}. Format the column as text and export again.`;
    problems.add({ at, field, value: entry[field], why });
  }
}

/** Adds a problem for a new number whose phone shows that it is a stored one with a rounded id. */
async function addRoundedNumbers(
  client: Prisma.TransactionClient,
  { created, problems }: ImportPlan,
  places: WantedRoster["places"],
): Promise<void> {
  const atRisk = created.filter(({ entry }) => digitsAtRisk(entry.phoneNumberId) > 0);
  const entries = Map.groupBy(atRisk, ({ entry }) => entry.displayPhoneNumber);
  for (const phones of toChunks([...entries.keys()])) {
    for (const { phoneNumberId, phone } of await readHolders(client, phones)) {
      for (const { entry } of entries.get(phone) ?? []) {
        const value = entry.phoneNumberId;
        if (!isRoundedBy(value, phoneNumberId)) continue;
        const why = `a program rounded this id: by its phone, it is ${phoneNumberId}. Keep ids as text and export again.`;
        problems.add({ at: places.get(value) ?? "", field: "phoneNumberId", value, why });
      }
    }
  }
}

/** Plans events for numbers outside the roster whose account gets another name or manager. */
async function planOthers(
  client: Prisma.TransactionClient,
  inRoster: WantedRoster["places"],
  accounts: MatchedAccounts,
): Promise<NumberToUpdate[]> {
  const accountIds = accounts.changed.map(({ after }) => after.id);
  const changed: NumberToUpdate[] = [];
  for await (const number of readNumbersOfAccounts(client, accountIds)) {
    if (inRoster.has(number.phoneNumberId)) continue;
    const account = requireAccount(accounts, number.accountExternalId);
    const { externalId: accountExternalId, name: accountName, managerEmail, managerId } = account;
    const fields = { ...number, accountExternalId, accountName, managerEmail, managerId };
    const diff = diffFields(number, fields);
    if (diff) changed.push({ number, ...diff });
  }
  return changed;
}

function requireAccount({ byExternalId }: MatchedAccounts, externalId: string): MatchedAccount {
  const account = byExternalId.get(externalId);
  if (!account) throw new Error(`Account ${externalId} was neither found nor inserted.`);
  return account;
}
