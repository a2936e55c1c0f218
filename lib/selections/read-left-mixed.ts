import { Prisma } from "../db/generated/client.ts";
import type { SqlRunner } from "../db/sql-runner.ts";
import type { NumberRecord } from "../numbers/number-record.ts";

/** An account that is left with some numbers on and some off in one portfolio, which is what a BSUID is for. */
export type LeftMixed = {
  account: { id: string; name: string };
  portfolioId: string;
  /** Its other numbers in service there, which keep the opposite. */
  phoneNumberIds: string[];
};

/** Reads which accounts a change of these numbers leaves mixed. */
export async function readLeftMixed(
  runner: SqlRunner,
  { changing, acceptsBsuid }: { changing: readonly NumberRecord[]; acceptsBsuid: boolean },
): Promise<LeftMixed[]> {
  const groups = new Map(
    changing.map(({ account, portfolioId }) => [
      `${account.id} ${portfolioId}`,
      [account.id, portfolioId] as const,
    ]),
  );
  if (groups.size === 0) return [];
  const rows = await runner.query<{
    id: string;
    name: string;
    portfolioId: string;
    ids: string[];
  }>(Prisma.sql`
    SELECT a.id, a.name, n.portfolio_id AS "portfolioId",
           array_agg(n.phone_number_id ORDER BY n.phone_number_id) AS ids
    FROM unnest(${[...groups.values()].map(([id]) => id)}::uuid[],
                ${[...groups.values()].map(([, portfolio]) => portfolio)}::text[])
         AS changed(account_id, portfolio_id)
    JOIN account a ON a.id = changed.account_id
    JOIN number n ON n.account_id = changed.account_id AND n.portfolio_id = changed.portfolio_id
    WHERE n.retired_at IS NULL AND n.accepts_bsuid <> ${acceptsBsuid}
      AND n.phone_number_id <> ALL(${changing.map(({ phoneNumberId }) => phoneNumberId)}::text[])
    GROUP BY a.id, n.portfolio_id ORDER BY lower(a.name), a.id, n.portfolio_id`);
  return rows.map(({ id, name, portfolioId, ids }) => ({
    account: { id, name },
    portfolioId,
    phoneNumberIds: ids,
  }));
}
