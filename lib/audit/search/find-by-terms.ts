import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { EVENT_TERMS } from "./event-terms.ts";
import type { SeqRange } from "./find-time-bounds.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";
import { searchStretches } from "./search-stretches.ts";
import { toRangeConditions } from "./to-audit-condition.ts";
import { toAuditTerms } from "./to-audit-terms.ts";
import { toStretches } from "./to-stretches.ts";

/** How many entries that meet the rest of a filter are searched for a word by its beginning. */
const CANDIDATES = 1_000;

/** Large stretches, because a word's beginning is expanded to all its words again for each stretch. */
const BEGINNING_SIZES = [8n, 64n] as const;

/**
 * The newest entries that meet a filter, at most `wanted`, however rare they are: the index of terms
 * intersects the conditions without reading entries that meet only some of them.
 *
 * @throws AppError UNAVAILABLE when that takes too long
 */
export async function findByTerms(
  filter: ResolvedFilter,
  { range, wanted }: { range: SeqRange; wanted: number },
): Promise<bigint[]> {
  const search = await toTermSearch(filter, range);
  if (search === null) return [];
  const { condition, accountId, beginnings, ends } = search;
  const stretches = toStretches(ends, [1n]);
  const exact = { condition, accountId, wanted };
  if (beginnings.length === 0) return await searchStretches(stretches, exact);

  if (search.isNarrow) {
    const candidates = await searchStretches(stretches, { ...exact, wanted: CANDIDATES });
    const matches = await findAmong(candidates, { beginnings, wanted });
    if (matches.length === wanted || candidates.length < CANDIDATES) return matches;
  }
  return await searchStretches(toStretches(ends, BEGINNING_SIZES), {
    ...exact,
    condition: withBeginnings(search),
  });
}

/**
 * All entries that meet a filter, oldest first, one stretch of the trail at a time.
 *
 * @param longestMs how long the search of one stretch may take
 */
export async function* findByStretch(
  filter: ResolvedFilter,
  { range, longestMs }: { range: SeqRange; longestMs: number },
): AsyncGenerator<bigint[]> {
  const search = await toTermSearch(filter, range);
  if (search === null) return;
  const { accountId, ends } = search;
  const condition = withBeginnings(search);
  for (const stretch of toStretches(ends, [1n]).reverse()) {
    const wanted = Number(stretch.last - stretch.first) + 1;
    const matches = await searchStretches([stretch], { condition, accountId, wanted, longestMs });
    if (matches.length > 0) yield matches.reverse();
  }
}

/** The index search for a filter; null when its text has no words to search for. */
async function toTermSearch(filter: ResolvedFilter, range: SeqRange) {
  const { accountId } = filter;
  const words = await toWords(filter.reason);
  if (words === null) return null;
  const terms = [...toAuditTerms(filter), ...words.whole];
  const condition = Prisma.join(
    [Prisma.sql`TRUE`, ...terms.map(has), ...toRangeConditions(filter, range)],
    " AND ",
  );
  return {
    condition,
    beginnings: words.beginnings,
    accountId,
    isNarrow: terms.length > 0 || accountId !== undefined,
    ends: await findEnds(range),
  };
}

type TermSearch = { condition: Prisma.Sql; beginnings: readonly string[] };

function withBeginnings({ condition, beginnings }: TermSearch): Prisma.Sql {
  return Prisma.join([condition, ...beginnings.map(has)], " AND ");
}

/** A condition per term: the index's own AND does not skip ahead to where the other term continues. */
function has(term: string): Prisma.Sql {
  return Prisma.sql`${EVENT_TERMS} @@ ${term}::tsquery`;
}

/** The words of a text as the database splits them, each a tsquery; null when it finds no words. */
async function toWords(reason: string | undefined) {
  if (reason === undefined) return { whole: [], beginnings: [] };
  const [{ query }] = await db().$queryRaw<[{ query: string | null }]>`
    SELECT audit_words_query(${reason})::text AS query`;
  if (query === null) return null;
  const words = [...new Set(query.split(" & "))];
  const isBeginning = (word: string) => word.endsWith(":*");
  return {
    whole: words.filter((word) => !isBeginning(word)),
    beginnings: words.filter(isBeginning),
  };
}

/** The first and last entry of the trail within a range. */
async function findEnds({ after, before }: SeqRange) {
  const [ends] = await db().$queryRaw<[{ first: bigint; last: bigint }]>`
    SELECT (SELECT coalesce(min(seq), 1) FROM audit_event) AS first, seq AS last FROM ledger`;
  return {
    first: after < ends.first ? ends.first : after + 1n,
    last: before === null || before > ends.last ? ends.last : before - 1n,
  };
}

async function findAmong(
  candidates: readonly bigint[],
  { beginnings, wanted }: { beginnings: readonly string[]; wanted: number },
): Promise<bigint[]> {
  const rows = await db().$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM audit_event
    WHERE seq = ANY (${candidates}) AND ${EVENT_TERMS} @@ ${beginnings.join(" & ")}::tsquery
    ORDER BY seq DESC LIMIT ${wanted}`;
  return rows.map(({ seq }) => seq);
}
