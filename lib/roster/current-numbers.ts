import { Prisma } from "../db/generated/client.ts";
import { toChunks } from "./chunks.ts";
import type { NumberFields } from "./number-fields.ts";
import { readPages } from "./read-pages.ts";

/** A stored number. */
export type CurrentNumber = NumberFields & {
  phoneNumberId: string;
  accountId: string;
  acceptsBsuid: boolean;
  flagVersion: number;
  isRetired: boolean;
};

export type AbsentNumber = Pick<CurrentNumber, "phoneNumberId" | "acceptsBsuid">;

const SELECT_CURRENT = Prisma.sql`
  SELECT n.phone_number_id AS "phoneNumberId", n.display_phone_number AS "displayPhoneNumber",
         n.label, n.portfolio_id AS "portfolioId", n.waba_id AS "wabaId",
         n.account_id AS "accountId", n.flag_version AS "flagVersion",
         n.accepts_bsuid AS "acceptsBsuid", n.retired_at IS NOT NULL AS "isRetired", a.external_id AS "accountExternalId",
         a.name AS "accountName", p.email AS "managerEmail", a.manager_id AS "managerId"
  FROM number n JOIN account a ON a.id = n.account_id LEFT JOIN person p ON p.id = a.manager_id`;

const NUMBERS_PER_PAGE = 1_000;

/** Reads the numbers with these ids, by id; retired ones, too. */
export async function readNumbers(
  client: Prisma.TransactionClient,
  phoneNumberIds: readonly string[],
): Promise<Map<string, CurrentNumber>> {
  const numbers = new Map<string, CurrentNumber>();
  for (const ids of toChunks(phoneNumberIds)) {
    const rows = await client.$queryRaw<CurrentNumber[]>`
      ${SELECT_CURRENT} WHERE n.phone_number_id = ANY(${ids}::text[])`;
    for (const row of rows) numbers.set(row.phoneNumberId, row);
  }
  return numbers;
}

/** Reads all numbers of these accounts, in pages, since one account may have very many. */
export async function* readNumbersOfAccounts(
  client: Prisma.TransactionClient,
  accountIds: readonly string[],
): AsyncGenerator<CurrentNumber> {
  for (const ids of toChunks(accountIds)) {
    const read = (after: string) => client.$queryRaw<CurrentNumber[]>`
      ${SELECT_CURRENT}
      WHERE n.account_id = ANY(${ids}::uuid[]) AND n.phone_number_id > ${after}
      ORDER BY n.phone_number_id LIMIT ${NUMBERS_PER_PAGE}`;
    for await (const rows of readNumberPages(read)) yield* rows;
  }
}

/** Finds the numbers in service that have these phones, by the index of phones' endings. */
export async function readHolders(
  client: Prisma.TransactionClient,
  phones: readonly string[],
): Promise<{ phoneNumberId: string; phone: string }[]> {
  return await client.$queryRaw`
    SELECT n.phone_number_id AS "phoneNumberId", w.phone
    FROM unnest(${phones}::text[]) AS w(phone)
    JOIN number n ON reverse(n.display_phone_number) COLLATE "C" = reverse(w.phone) COLLATE "C"
    WHERE n.retired_at IS NULL
    ORDER BY n.phone_number_id`;
}

/** Reads the numbers in service that are not among these ids, by id, and how many are in service in all. */
export async function readAbsent(
  client: Prisma.TransactionClient,
  phoneNumberIds: Pick<ReadonlySet<string>, "has">,
): Promise<{ absent: AbsentNumber[]; inServiceCount: number }> {
  const absent: AbsentNumber[] = [];
  let inServiceCount = 0;
  const read = (after: string) => client.$queryRaw<AbsentNumber[]>`
    SELECT phone_number_id AS "phoneNumberId", accepts_bsuid AS "acceptsBsuid"
    FROM number WHERE retired_at IS NULL AND phone_number_id > ${after}
    ORDER BY phone_number_id LIMIT ${NUMBERS_PER_PAGE}`;
  for await (const rows of readNumberPages(read)) {
    absent.push(...rows.filter(({ phoneNumberId }) => !phoneNumberIds.has(phoneNumberId)));
    inServiceCount += rows.length;
  }
  return { absent, inServiceCount };
}

function readNumberPages<Row extends { phoneNumberId: string }>(
  read: (after: string) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  return readPages({ most: NUMBERS_PER_PAGE, read, keyOf: (row) => row.phoneNumberId });
}
