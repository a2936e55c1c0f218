import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { sqlState } from "../../db/sql-state.ts";
import { AppError } from "../../errors.ts";
import { EVENT_TERMS } from "./event-terms.ts";
import type { Stretch } from "./to-stretches.ts";

const LONGEST_SEARCH_MS = 3_000;
const QUERY_CANCELED = "57014";

type Search = {
  condition: Prisma.Sql;
  /** Only events of this account's numbers. */
  accountId: string | undefined;
  wanted: number;
  /** Three seconds, unless somebody can wait. */
  longestMs?: number;
};

/**
 * The first entries, at most `wanted`, of stretches that meet a condition, newest first.
 *
 * @throws AppError UNAVAILABLE when that takes too long
 */
export async function searchStretches(
  stretches: readonly Stretch[],
  search: Search,
): Promise<bigint[]> {
  try {
    return await byIndex(toQuery(stretches, search), search.longestMs ?? LONGEST_SEARCH_MS);
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
    const message =
      "The search took too long and was given up. Narrow it: by times, by a person or a number, or by longer words.";
    throw new AppError("UNAVAILABLE", message);
  }
}

/** The stretches are gone through in their order, and no further than is wanted. */
function toQuery(
  stretches: readonly Stretch[],
  { condition, accountId, wanted }: Search,
): Prisma.Sql {
  return Prisma.sql`
    SELECT found.seq
    FROM unnest(
      ${stretches.map(({ query }) => query)}::text[],
      ${stretches.map(({ first }) => first)}::bigint[],
      ${stretches.map(({ last }) => last)}::bigint[]
    ) AS stretch(query, first, last)
    CROSS JOIN LATERAL (
      SELECT seq FROM audit_event
      WHERE ${EVENT_TERMS} @@ stretch.query::tsquery AND ${condition} ${toAccountCondition(accountId)}
      ORDER BY seq DESC LIMIT ${wanted}) AS found
    LIMIT ${wanted}`;
}

/** The numbers' own index is asked for one stretch at a time, too. */
function toAccountCondition(accountId: string | undefined): Prisma.Sql {
  if (accountId === undefined) return Prisma.empty;
  return Prisma.sql`
    AND target_type = 'number' AND seq BETWEEN stretch.first AND stretch.last
    AND target_id = ANY (ARRAY(
      SELECT phone_number_id FROM number WHERE account_id = ${accountId}::uuid))`;
}

/**
 * PostgreSQL cannot know what is rare together, and would rather read the trail from its end:
 * without an end, when nothing meets the condition.
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
