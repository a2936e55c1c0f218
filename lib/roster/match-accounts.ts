import { randomUUID } from "node:crypto";
import type { Prisma } from "../db/generated/client.ts";
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
  /** Those that are new; not written yet. */
  created: MatchedAccount[];
};

/** Finds the roster's accounts, and gives an id to those that are new. */
export async function matchAccounts(
  client: Prisma.TransactionClient,
  wanted: readonly RosterAccount[],
  managerIds: ReadonlyMap<string, string>,
): Promise<MatchedAccounts> {
  const byExternalId = new Map<string, MatchedAccount>();
  const changed: MatchedAccount[] = [];
  const created: MatchedAccount[] = [];
  for (const chunk of toChunks(wanted)) {
    const stored = await readAccounts(client, chunk);
    for (const account of chunk) {
      const before = stored.get(account.externalId);
      const after = before ? toWanted(before, account, managerIds) : toNew(account, managerIds);
      byExternalId.set(after.externalId, after);
      if (!before) created.push(after);
      else if (before.name !== after.name || before.managerId !== after.managerId) {
        changed.push(after);
      }
    }
  }
  return { byExternalId, changed, created };
}

function toNew(
  { externalId, name, managerEmail = null }: RosterAccount,
  managerIds: ReadonlyMap<string, string>,
): MatchedAccount {
  const managerId = toId(managerIds, managerEmail);
  return { id: randomUUID(), externalId, name, managerEmail, managerId };
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
  client: Prisma.TransactionClient,
  accounts: readonly RosterAccount[],
): Promise<Map<string, MatchedAccount>> {
  const externalIds = accounts.map(({ externalId }) => externalId);
  const rows = await client.$queryRaw<MatchedAccount[]>`
    SELECT a.id, a.external_id AS "externalId", a.name, p.email AS "managerEmail",
           a.manager_id AS "managerId"
    FROM account a LEFT JOIN person p ON p.id = a.manager_id
    WHERE a.external_id = ANY(${externalIds}::text[])`;
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** Writes accounts that are new. */
export async function insertAccounts(
  tx: AuditedTransaction,
  accounts: readonly MatchedAccount[],
): Promise<void> {
  for (const chunk of toChunks(accounts)) {
    const ids = chunk.map(({ id }) => id);
    const externalIds = chunk.map(({ externalId }) => externalId);
    const names = chunk.map(({ name }) => name);
    const managers = chunk.map(({ managerId }) => managerId ?? "");
    await tx.db.$executeRaw`
      INSERT INTO account (id, external_id, name, manager_id)
      SELECT id, external_id, name, nullif(manager_id, '')::uuid
      FROM unnest(${ids}::uuid[], ${externalIds}::text[], ${names}::text[], ${managers}::text[])
           AS w(id, external_id, name, manager_id)`;
  }
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
