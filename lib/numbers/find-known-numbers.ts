import { db } from "../db/client.ts";
import type { Wanted } from "../phones/find-wanted.ts";
import { type KnownNumber, KnownNumbers } from "../phones/known-numbers.ts";

/** The numbers of the roster, retired or not, that a text may name: one index scan for phones, one for ids. */
export async function findKnownNumbers({ endings, phoneNumberIds }: Wanted): Promise<KnownNumbers> {
  const rows = await db().$queryRaw<KnownNumber[]>`
    SELECT n.phone_number_id AS "phoneNumberId", n.display_phone_number AS "displayPhoneNumber",
           n.retired_at IS NOT NULL AS "isRetired"
    FROM number n WHERE right(n.display_phone_number, 7) = ANY(${endings}::text[])
    UNION
    SELECT n.phone_number_id, n.display_phone_number, n.retired_at IS NOT NULL
    FROM number n WHERE n.phone_number_id = ANY(${phoneNumberIds}::text[])
    ORDER BY 1`;
  return new KnownNumbers(rows);
}
