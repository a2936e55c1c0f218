import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { withOwnQueryLimit } from "../../db/query-limit.ts";
import { findByStretch } from "../search/find-by-terms.ts";
import { findTimeBounds, type SeqRange } from "../search/find-time-bounds.ts";
import type { ResolvedFilter } from "../search/resolve-filter.ts";
import { toAuditCondition } from "../search/to-audit-condition.ts";
import { type OpeningScope, toEventLine } from "./event-line.ts";

const EVENTS_PER_READ = 100;
/** For a filter with few matches the whole trail has to be read. */
const MAX_READ_MS = 120_000;

/** The events up to entry `upTo` that meet a filter; the bound keeps them fixed while the trail grows. */
export type Matching = {
  condition: Prisma.Sql;
  upTo: bigint;
  /** Finds them by an index, where looking for words in each entry of the trail would take too long. */
  findSeqs?: () => AsyncGenerator<bigint[]>;
};

export async function toMatching(filter: ResolvedFilter, upTo: bigint): Promise<Matching> {
  const range = await findTimeBounds(filter);
  const matching = toCondition(filter, { range, upTo });
  // Without words, or for one target, which has few entries, no index is needed.
  if (filter.reason === undefined || filter.targetId !== undefined) return matching;
  const before = range.before === null || range.before > upTo ? upTo + 1n : range.before;
  const options = { range: { ...range, before }, longestMs: MAX_READ_MS };
  return { ...matching, findSeqs: () => findByStretch(filter, options) };
}

function toCondition(
  { accountId, ...filter }: ResolvedFilter,
  { range, upTo }: { range: SeqRange; upTo: bigint },
): Matching {
  const condition = toAuditCondition(filter, range);
  if (accountId === undefined) return { condition, upTo };
  const ofAccount = Prisma.sql`target_type = 'number' AND target_id IN
    (SELECT phone_number_id FROM number WHERE account_id = ${accountId}::uuid)`;
  return { condition: Prisma.sql`${condition} AND ${ofAccount}`, upTo };
}

/** Counts the matching events, and finds the first and the last. */
export async function countMatching({ condition, upTo, findSeqs }: Matching) {
  if (findSeqs) return await countFound(findSeqs());
  const [row] = await withLongLimit(
    () => db().$queryRaw<{ count: bigint; first: bigint | null; last: bigint | null }[]>`
      SELECT count(*) AS count, min(seq) AS first, max(seq) AS last
      FROM audit_event WHERE ${condition} AND seq <= ${upTo}`,
  );
  const { count = 0n, first = null, last = null } = row ?? {};
  return {
    count: Number(count),
    firstSeq: first === null ? null : Number(first),
    lastSeq: last === null ? null : Number(last),
  };
}

async function countFound(parts: AsyncIterable<bigint[]>) {
  const counted = { count: 0, firstSeq: null as number | null, lastSeq: null as number | null };
  for await (const seqs of parts) {
    counted.count += seqs.length;
    counted.firstSeq ??= Number(seqs[0]);
    counted.lastSeq = Number(seqs.at(-1));
  }
  return counted;
}

/** One read of events: each a line of JSON with its line break. */
export type Page = { count: number; text: string };

/**
 * Reads matching events in the trail's order, a page at a time, when the page is asked for. A page is one
 * text value: a row per event would make more than a hundred megabytes of garbage.
 */
export async function* readMatching(
  { condition, upTo, findSeqs }: Matching,
  openings: OpeningScope,
): AsyncGenerator<Page> {
  if (findSeqs) {
    for await (const seqs of findSeqs()) yield* readSeqs(seqs, openings);
    return;
  }
  for (let after = 0n; ; ) {
    const page = await readPage(
      Prisma.sql`${condition} AND seq > ${after} AND seq <= ${upTo}`,
      openings,
    );
    if (page === null) return;
    yield page;
    after = page.last;
  }
}

async function* readSeqs(seqs: readonly bigint[], openings: OpeningScope): AsyncGenerator<Page> {
  for (let start = 0; start < seqs.length; start += EVENTS_PER_READ) {
    const page = await readPage(
      Prisma.sql`seq = ANY (${seqs.slice(start, start + EVENTS_PER_READ)})`,
      openings,
    );
    if (page !== null) yield page;
  }
}

async function readPage(
  condition: Prisma.Sql,
  openings: OpeningScope,
): Promise<(Page & { last: bigint }) | null> {
  const [page] = await withLongLimit(
    () => db().$queryRaw<{ count: bigint; last: bigint | null; text: string | null }[]>`
      SELECT count(*) AS count, max(seq) AS last, string_agg(line, '' ORDER BY seq) AS text
      FROM (SELECT seq, ${toEventLine(openings)} || E'\n' AS line FROM audit_event
            WHERE ${condition} ORDER BY seq LIMIT ${EVENTS_PER_READ}) AS page`,
  );
  const { count = 0n, last = null, text = null } = page ?? {};
  return last === null || text === null ? null : { count: Number(count), last, text };
}

async function withLongLimit<Result>(work: () => Promise<Result>): Promise<Result> {
  return await withOwnQueryLimit(async (limit) => {
    limit.milliseconds = MAX_READ_MS;
    return await work();
  });
}
