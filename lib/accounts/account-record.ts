import type { AuditTarget } from "../audit/event.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { type AccountSums, readAccountSums } from "./read-account-sums.ts";

type Named = { email: string; name: string };

/** An account as the API and the screens show it. */
export type AccountRecord = {
  id: string;
  externalId: string;
  name: string;
  manager: Named | null;
  /** The roster names the manager, who then cannot be set here. */
  isManagerFromRoster: boolean;
  /** By name. */
  standIns: Named[];
  /** IANA name. */
  zone: string | null;
  /** Every change of a flag takes somebody who asks and somebody else who approves. */
  needsTwoPeople: boolean;
} & AccountSums;

/** The key by which accounts are sorted. */
export const NAME_KEY = Prisma.sql`lower(a.name)`;

/** Reads accounts by a condition on `account a LEFT JOIN person m`, the manager; by name. */
export async function readAccounts(
  condition: Prisma.Sql,
  { limit }: { limit: number },
): Promise<AccountRecord[]> {
  const rows = await db().$queryRaw<Omit<AccountRecord, keyof AccountSums>[]>`
    SELECT a.id, a.external_id AS "externalId", a.name, a.zone,
           a.is_manager_from_roster AS "isManagerFromRoster",
           a.needs_two_people AS "needsTwoPeople",
           CASE WHEN m.id IS NOT NULL
             THEN json_build_object('email', m.email, 'name', m.name) END AS manager,
           coalesce((
             SELECT json_agg(json_build_object('email', s.email, 'name', s.name)
                             ORDER BY lower(s.name), s.id)
             FROM account_stand_in i JOIN person s ON s.id = i.person_id
             WHERE i.account_id = a.id), '[]') AS "standIns"
    FROM account a LEFT JOIN person m ON m.id = a.manager_id
    WHERE ${condition}
    ORDER BY ${NAME_KEY}, a.id
    LIMIT ${limit}`;
  const sums = await readAccountSums(rows.map(({ id }) => id));
  return rows.map((row) => ({ ...row, ...sums(row.id) }));
}

/** How the trail names an account. */
export function toAccountTarget({ id, name }: { id: string; name: string }): AuditTarget {
  return { type: "account", id, display: name };
}
