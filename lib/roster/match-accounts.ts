import type { AuditedTransaction } from "../db/transaction.ts";
import type { RosterAccount } from "./account-register.ts";
import { toChunks } from "./chunks.ts";

/** An account as it shall be, with its row. */
export type MatchedAccount = {
  id: string;
  externalId: string;
  name: string;
  managerEmail: string | null;
  managerId: string | null;
};

export type MatchedAccounts = {
  byExternalId: Map<string, MatchedAccount>;
  /** Those stored with another name or manager; not written yet. */
  changed: MatchedAccount[];
  createdCount: number;
};

/** Finds the roster's accounts, and inserts those that are new. */
export async function matchAccounts(
  tx: AuditedTransaction,
  wanted: readonly RosterAccount[],
  managerIds: ReadonlyMap<string, string>,
): Promise<MatchedAccounts> {
  const byExternalId = new Map<string, MatchedAccount>();
  const changed: MatchedAccount[] = [];
  const unknown: RosterAccount[] = [];
  for (const chunk of toChunks(wanted)) {
    const stored = await readAccounts(tx, chunk);
    for (const account of chunk) {
      const before = stored.get(account.externalId);
      if (!before) {
        unknown.push(account);
        continue;
      }
      const after = toWanted(before, account, managerIds);
      byExternalId.set(after.externalId, after);
      if (before.name !== after.name || before.managerId !== after.managerId) changed.push(after);
    }
  }
  for (const account of await insertAccounts(tx, unknown, managerIds)) {
    byExternalId.set(account.externalId, account);
  }
  return { byExternalId, changed, createdCount: unknown.length };
}

function toWanted(
  before: MatchedAccount,
  { name, managerEmail }: RosterAccount,
  managerIds: ReadonlyMap<string, string>,
): MatchedAccount {
  if (managerEmail === undefined) return { ...before, name };
  return { ...before, name, managerEmail, managerId: toId(managerIds, managerEmail) };
}

async function readAccounts(
  tx: AuditedTransaction,
  accounts: readonly RosterAccount[],
): Promise<Map<string, MatchedAccount>> {
  const externalIds = accounts.map(({ externalId }) => externalId);
  const rows = await tx.db.$queryRaw<MatchedAccount[]>`
    SELECT a.id, a.external_id AS "externalId", a.name, p.email AS "managerEmail",
           a.manager_id AS "managerId"
    FROM account a LEFT JOIN person p ON p.id = a.manager_id
    WHERE a.external_id = ANY(${externalIds}::text[])`;
  return new Map(rows.map((row) => [row.externalId, row]));
}

async function insertAccounts(
  tx: AuditedTransaction,
  accounts: readonly RosterAccount[],
  managerIds: ReadonlyMap<string, string>,
): Promise<MatchedAccount[]> {
  const inserted: MatchedAccount[] = [];
  for (const chunk of toChunks(accounts)) {
    const externalIds = chunk.map(({ externalId }) => externalId);
    const names = chunk.map(({ name }) => name);
    const managers = chunk.map(({ managerEmail }) => toId(managerIds, managerEmail) ?? "");
    const rows = await tx.db.$queryRaw<{ id: string; externalId: string }[]>`
      INSERT INTO account (external_id, name, manager_id)
      SELECT external_id, name, nullif(manager_id, '')::uuid
      FROM unnest(${externalIds}::text[], ${names}::text[], ${managers}::text[])
           AS w(external_id, name, manager_id)
      RETURNING id, external_id AS "externalId"`;
    const ids = new Map(rows.map(({ id, externalId }) => [externalId, id]));
    for (const { externalId, name, managerEmail = null } of chunk) {
      const id = ids.get(externalId);
      if (id === undefined) throw new Error(`Account ${externalId} was inserted without an id.`);
      const managerId = toId(managerIds, managerEmail);
      inserted.push({ id, externalId, name, managerEmail, managerId });
    }
  }
  return inserted;
}

/** Writes the names and managers of accounts that are stored with others. */
export async function updateAccounts(
  tx: AuditedTransaction,
  accounts: readonly MatchedAccount[],
): Promise<void> {
  for (const chunk of toChunks(accounts)) {
    const ids = chunk.map(({ id }) => id);
    const names = chunk.map(({ name }) => name);
    const managers = chunk.map(({ managerId }) => managerId ?? "");
    await tx.db.$executeRaw`
      UPDATE account a SET name = w.name, manager_id = nullif(w.manager_id, '')::uuid
      FROM unnest(${ids}::uuid[], ${names}::text[], ${managers}::text[])
           AS w(id, name, manager_id)
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
