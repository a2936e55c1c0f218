import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { sqlState } from "../../db/sql-state.ts";
import { AppError } from "../../errors.ts";
import { EVENT_TERMS } from "./event-terms.ts";
import type { Stretch } from "./to-stretches.ts";

const MAX_SEARCH_MS = 3_000;
const QUERY_CANCELED = "57014";

type Search = {
  condition: Prisma.Sql;
  /** Only events of this account's numbers. */
  accountId: string | undefined;
  wanted: number;
  /** Default: three seconds. */
  longestMs?: number;
};

/**
 * The newest entries in these stretches that meet a condition, at most `wanted`, newest first.
 *
 * @throws AppError UNAVAILABLE when that takes too long
 */
export async function searchStretches(
  stretches: readonly Stretch[],
  search: Search,
): Promise<bigint[]> {
  try {
    return await byIndex(toQuery(stretches, search), search.longestMs ?? MAX_SEARCH_MS);
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
    const message =
      "The search took too long and was given up. Narrow it: by times, by a person or a number, or by longer words.";
    throw new AppError("UNAVAILABLE", message);
  }
}

/** Searches the stretches in order, and stops once there are enough entries. */
function toQuery(
  stretches: readonly Stretch[],
  { condition, accountId, wanted }: Search,
): Prisma.Sql {
  return Prisma.sql`
    SELECT matching.seq
    FROM unnest(
      ${stretches.map(({ query }) => query)}::text[],
      ${stretches.map(({ first }) => first)}::bigint[],
      ${stretches.map(({ last }) => last)}::bigint[]
    ) AS stretch(query, first, last)
    CROSS JOIN LATERAL (
      SELECT seq FROM audit_event
      WHERE ${EVENT_TERMS} @@ stretch.query::tsquery AND ${condition} ${toAccountCondition(accountId)}
      ORDER BY seq DESC LIMIT ${wanted}) AS matching
    LIMIT ${wanted}`;
}

/** Bounded by the stretch, so that the numbers' index, too, is read one stretch at a time. */
function toAccountCondition(accountId: string | undefined): Prisma.Sql {
  if (accountId === undefined) return Prisma.empty;
  return Prisma.sql`
    AND target_type = 'number' AND seq BETWEEN stretch.first AND stretch.last
    AND target_id = ANY (ARRAY(
      SELECT phone_number_id FROM number WHERE account_id = ${accountId}::uuid))`;
}

/**
 * Makes PostgreSQL use the index of terms. It cannot know that a combination is rare, and would read the
 * trail backwards from its end: all of it, when nothing matches.
 */
async function byIndex(query: Prisma.Sql, longestMs: number): Promise<bigint[]> {
  return await db().$transaction(
    async (tx) => {
      await tx.$executeRaw`
        SELECT set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true),
          set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
          set_config('statement_timeout', ${String(longestMs)}, true)`;
      const rows = await tx.$queryRaw<{ seq: bigint }[]>(query);
      return rows.map(({ seq }) => seq);
    },
    { timeout: longestMs + 2_000 },
  );
}
