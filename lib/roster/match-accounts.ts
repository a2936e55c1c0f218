import { randomUUID } from "node:crypto";
import { Prisma } from "../db/generated/client.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import type { RosterAccount } from "./account-register.ts";
import { toChunks } from "./chunks.ts";
import { toOneForm } from "./look.ts";

/** An account after the import, with the id of its row. */
export type MatchedAccount = {
  id: string;
  externalId: string;
  name: string;
  managerEmail: string | null;
  managerId: string | null;
  isManagerFromRoster: boolean;
  zone: string | null;
};

export type AccountChange = { before: MatchedAccount; after: MatchedAccount };

export type MatchedAccounts = {
  byExternalId: Map<string, MatchedAccount>;
  /** Stored accounts with another name, manager or zone, or another form of the id; not written yet. */
  changed: AccountChange[];
  /** New accounts; not written yet. */
  created: MatchedAccount[];
};

const SELECT_ACCOUNT = Prisma.sql`
  SELECT a.id, a.external_id AS "externalId", a.name, p.email AS "managerEmail",
         a.manager_id AS "managerId", a.is_manager_from_roster AS "isManagerFromRoster", a.zone
  FROM account a LEFT JOIN person p ON p.id = a.manager_id`;

/** Finds the stored accounts of a roster, and gives new ones an id. */
export async function matchAccounts(
  client: Prisma.TransactionClient,
  wanted: readonly RosterAccount[],
  managerIds: ReadonlyMap<string, string>,
): Promise<MatchedAccounts> {
  const byExternalId = new Map<string, MatchedAccount>();
  const changed: AccountChange[] = [];
  const created: MatchedAccount[] = [];
  const oddlyWritten = await readOddlyWritten(client);
  for (const chunk of toChunks(wanted)) {
    const stored = await readAccounts(client, chunk);
    for (const account of chunk) {
      const before = stored.get(account.externalId) ?? oddlyWritten.get(account.externalId);
      const after = before ? toWanted(before, account, managerIds) : toNew(account, managerIds);
      byExternalId.set(after.externalId, after);
      if (before) byExternalId.set(before.externalId, after);
      if (!before) created.push(after);
      else if (isChanged(before, after)) changed.push({ before, after });
    }
  }
  return { byExternalId, changed, created };
}

function toNew(
  { externalId, name, managerEmail = null, zone }: RosterAccount,
  managerIds: ReadonlyMap<string, string>,
): MatchedAccount {
  const managerId = toId(managerIds, managerEmail);
  const isManagerFromRoster = managerId !== null;
  return {
    id: randomUUID(),
    externalId,
    name,
    managerEmail,
    managerId,
    isManagerFromRoster,
    zone: zone ?? null,
  };
}

function toWanted(
  before: MatchedAccount,
  { externalId, name, managerEmail, zone }: RosterAccount,
  managerIds: ReadonlyMap<string, string>,
): MatchedAccount {
  const after = { ...before, externalId, name, zone: zone ?? before.zone };
  // An empty manager takes away what a roster named, not what was set in the console.
  if (managerEmail === undefined || (managerEmail === null && !before.isManagerFromRoster)) {
    return after;
  }
  const managerId = toId(managerIds, managerEmail);
  return { ...after, managerEmail, managerId, isManagerFromRoster: managerId !== null };
}

const COMPARED = ["externalId", "name", "managerId", "isManagerFromRoster", "zone"] as const;

function isChanged(before: MatchedAccount, after: MatchedAccount): boolean {
  return COMPARED.some((field) => before[field] !== after[field]);
}

/** Accounts from when ids were stored as they were sent, by the form that ids have now. */
async function readOddlyWritten(
  client: Prisma.TransactionClient,
): Promise<Map<string, MatchedAccount>> {
  const rows = await client.$queryRaw<MatchedAccount[]>`
    ${SELECT_ACCOUNT} WHERE a.external_id ~ '[^!-~]' ORDER BY a.id`;
  return new Map(
    rows.flatMap((row) => {
      const externalId = toOneForm(row.externalId);
      return externalId === row.externalId ? [] : [[externalId, row] as const];
    }),
  );
}

async function readAccounts(
  client: Prisma.TransactionClient,
  accounts: readonly RosterAccount[],
): Promise<Map<string, MatchedAccount>> {
  const externalIds = accounts.map(({ externalId }) => externalId);
  const rows = await client.$queryRaw<MatchedAccount[]>`
    ${SELECT_ACCOUNT} WHERE a.external_id = ANY(${externalIds}::text[])`;
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** Inserts new accounts. */
export async function insertAccounts(
  tx: AuditedTransaction,
  accounts: readonly MatchedAccount[],
): Promise<void> {
  for (const chunk of toChunks(accounts)) {
    const ids = chunk.map(({ id }) => id);
    const externalIds = chunk.map(({ externalId }) => externalId);
    const names = chunk.map(({ name }) => name);
    const managers = chunk.map(({ managerId }) => managerId ?? "");
    const zones = chunk.map(({ zone }) => zone ?? "");
    await tx.db.$executeRaw`
      INSERT INTO account (id, external_id, name, manager_id, is_manager_from_roster, zone)
      SELECT id, external_id, name, nullif(manager_id, '')::uuid, manager_id <> '', nullif(zone, '')
      FROM unnest(${ids}::uuid[], ${externalIds}::text[], ${names}::text[], ${managers}::text[],
                  ${zones}::text[])
           AS w(id, external_id, name, manager_id, zone)`;
  }
}

/** Updates the external ids, names, managers and zones of stored accounts. */
export async function updateAccounts(
  tx: AuditedTransaction,
  changes: readonly AccountChange[],
): Promise<void> {
  for (const chunk of toChunks(changes.map(({ after }) => after))) {
    const ids = chunk.map(({ id }) => id);
    const externalIds = chunk.map(({ externalId }) => externalId);
    const names = chunk.map(({ name }) => name);
    const managers = chunk.map(({ managerId }) => managerId ?? "");
    const areFromRoster = chunk.map(({ isManagerFromRoster }) => isManagerFromRoster);
    const zones = chunk.map(({ zone }) => zone ?? "");
    await tx.db.$executeRaw`
      UPDATE account a SET external_id = w.external_id, name = w.name,
                           manager_id = nullif(w.manager_id, '')::uuid,
                           is_manager_from_roster = w.is_from_roster, zone = nullif(w.zone, '')
      FROM unnest(${ids}::uuid[], ${externalIds}::text[], ${names}::text[], ${managers}::text[],
                  ${areFromRoster}::boolean[], ${zones}::text[])
           AS w(id, external_id, name, manager_id, is_from_roster, zone)
      WHERE a.id = w.id`;
  }
}

function toId(
  managerIds: ReadonlyMap<string, string>,
  email: string | null | undefined,
): string | null {
  if (email === null || email === undefined) return null;
  const id = managerIds.get(email);
  if (id === undefined) throw new Error(`The manager ${email} was not looked up.`);
  return id;
}
