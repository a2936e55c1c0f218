import { Prisma } from "../db/generated/client.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { toChunks } from "./chunks.ts";
import type { NumberFields } from "./number-fields.ts";

/** A number as it is stored. */
export type CurrentNumber = NumberFields & { phoneNumberId: string; acceptsBsuid: boolean };

const SELECT_CURRENT = Prisma.sql`
  SELECT n.phone_number_id AS "phoneNumberId", n.display_phone_number AS "displayPhoneNumber",
         n.label, n.portfolio_id AS "portfolioId", n.waba_id AS "wabaId",
         n.accepts_bsuid AS "acceptsBsuid", a.external_id AS "accountExternalId",
         a.name AS "accountName", p.email AS "managerEmail"
  FROM number n JOIN account a ON a.id = n.account_id LEFT JOIN person p ON p.id = a.manager_id`;

/** The numbers with these ids, by id; retired ones too. */
export async function readNumbers(
  tx: AuditedTransaction,
  phoneNumberIds: readonly string[],
): Promise<Map<string, CurrentNumber>> {
  const numbers = new Map<string, CurrentNumber>();
  for (const ids of toChunks(phoneNumberIds)) {
    const rows = await tx.db.$queryRaw<CurrentNumber[]>`
      ${SELECT_CURRENT} WHERE n.phone_number_id = ANY(${ids}::text[])`;
    for (const row of rows) numbers.set(row.phoneNumberId, row);
  }
  return numbers;
}

/** All numbers of these accounts, in the order of their ids. */
export async function readNumbersOfAccounts(
  tx: AuditedTransaction,
  accountIds: readonly string[],
): Promise<CurrentNumber[]> {
  const numbers: CurrentNumber[] = [];
  for (const ids of toChunks(accountIds)) {
    const rows = await tx.db.$queryRaw<CurrentNumber[]>`
      ${SELECT_CURRENT} WHERE n.account_id = ANY(${ids}::uuid[]) ORDER BY n.phone_number_id`;
    numbers.push(...rows);
  }
  return numbers;
}
