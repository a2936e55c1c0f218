import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { Wanted } from "../phones/find-wanted.ts";
import { type KnownNumber, KnownNumbers } from "../phones/known-numbers.ts";

/** Finds the numbers of the roster, retired or not, that a text may name. */
export async function findKnownNumbers(wanted: Wanted): Promise<KnownNumbers> {
  if (wanted.endings.length + wanted.phoneNumberIds.length === 0) return new KnownNumbers([]);
  return new KnownNumbers(await db().$queryRaw<KnownNumber[]>(toKnownNumbersQuery(wanted)));
}

/** One index scan for phones, and one for ids; a number that matches both is returned twice. */
export function toKnownNumbersQuery({ endings, phoneNumberIds }: Wanted): Prisma.Sql {
  return Prisma.sql`
    SELECT n.phone_number_id AS "phoneNumberId", n.display_phone_number AS "displayPhoneNumber",
           n.retired_at IS NOT NULL AS "isRetired"
    FROM number n WHERE right(n.display_phone_number, 7) = ANY(${endings}::text[])
    UNION ALL
    SELECT n.phone_number_id, n.display_phone_number, n.retired_at IS NOT NULL
    FROM number n WHERE n.phone_number_id = ANY(${phoneNumberIds}::text[])`;
}
