import { z } from "zod";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { MAX_CHANGES } from "../flags/max-changes.ts";
import { numberFilterSchema, toCondition } from "../numbers/number-filter.ts";
import { isBeyond, parsePosition, toPositionCursor } from "../numbers/number-order.ts";
import { readSearch } from "../numbers/read-search.ts";

/** A filter of the numbers' list. A parameter that it does not have is an error, never left out. */
export const selectionFilterSchema = z.strictObject(numberFilterSchema.shape);

/** A number as it is selected, and where. */
export type SelectedNumber = {
  id: string;
  flagVersion: number;
  accountId: string;
  portfolioId: string;
  wabaId: string;
};

export type Matches = {
  /** The first 10,000 from the cursor on, by label. */
  numbers: SelectedNumber[];
  /** How many match in all. */
  total: number;
  /** Where the next part begins; null when this is the last. */
  nextCursor: string | null;
};

/**
 * Finds the numbers that match a filter, as many as one batch takes.
 *
 * @throws AppError INVALID_INPUT for a search that cannot be read, which the list would take for none
 */
export async function findMatches(
  { q = "", ...filter }: z.output<typeof selectionFilterSchema>,
  cursor: string | null,
): Promise<Matches> {
  const search = await readSearch(q);
  if (q !== "" && search.kind === "all") {
    const message = "The search has nothing that can be searched for. Type it again.";
    throw new AppError("INVALID_INPUT", message, [{ path: "q", message }]);
  }
  const condition = await toCondition(filter, search);
  const position = cursor === null ? null : parsePosition("label", cursor);
  const rows = await db().$queryRaw<(SelectedNumber & { key: string })[]>`
    SELECT n.phone_number_id AS id, n.flag_version AS "flagVersion", n.account_id AS "accountId",
           n.portfolio_id AS "portfolioId", n.waba_id AS "wabaId", lower(n.label) AS key
    FROM number n JOIN account a ON a.id = n.account_id
    WHERE ${condition} AND ${isBeyond(position, { sort: "label", isAscending: true })}
    ORDER BY lower(n.label), n.phone_number_id LIMIT ${MAX_CHANGES + 1}`;
  const [counted] = await db().$queryRaw<{ total: number }[]>(Prisma.sql`
    SELECT count(*)::int AS total FROM number n JOIN account a ON a.id = n.account_id
    WHERE ${condition}`);
  const numbers = rows.slice(0, MAX_CHANGES);
  const last = numbers.at(-1);
  const hasMore = rows.length > numbers.length && last !== undefined;
  const nextCursor = hasMore
    ? toPositionCursor({ sort: "label", key: last.key, id: last.id, since: new Date(0) })
    : null;
  return { numbers, total: counted?.total ?? 0, nextCursor };
}
