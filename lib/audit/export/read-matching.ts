import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { withOwnQueryLimit } from "../../db/query-limit.ts";
import type { AuditFilter } from "../audit-filter.ts";
import { findTimeBounds } from "../find-time-bounds.ts";
import { toAuditCondition } from "../to-audit-condition.ts";
import { EVENT_LINE } from "./event-line.ts";

const EVENTS_A_READ = 100;
/** A rare filter has to be looked for in the whole trail. */
const LONGEST_READ_MS = 120_000;

/** The events up to entry `upTo` that meet a filter: they stay the same, however the trail grows. */
export type Matching = { condition: Prisma.Sql; upTo: bigint };

export async function toMatching(
  { accountId, ...filter }: AuditFilter,
  upTo: bigint,
): Promise<Matching> {
  const condition = toAuditCondition(filter, await findTimeBounds(filter));
  if (accountId === undefined) return { condition, upTo };
  const ofAccount = Prisma.sql`target_type = 'number' AND target_id IN
    (SELECT phone_number_id FROM number WHERE account_id = ${accountId}::uuid)`;
  return { condition: Prisma.sql`${condition} AND ${ofAccount}`, upTo };
}

/** How many they are, and which are the first and the last. */
export async function countMatching({ condition, upTo }: Matching) {
  const [found] = await patiently(
    () => db().$queryRaw<{ count: bigint; first: bigint | null; last: bigint | null }[]>`
      SELECT count(*) AS count, min(seq) AS first, max(seq) AS last
      FROM audit_event WHERE ${condition} AND seq <= ${upTo}`,
  );
  const { count = 0n, first = null, last = null } = found ?? {};
  return {
    count: Number(count),
    firstSeq: first === null ? null : Number(first),
    lastSeq: last === null ? null : Number(last),
  };
}

/** Some of the events, each a line of JSON with its line break. */
export type Page = { count: number; text: string };

/**
 * In the trail's order; nothing is read before it is asked for. A page is one value of one row:
 * with a row for each event the process would grow by more than a hundred megabytes of garbage.
 */
export async function* readMatching({ condition, upTo }: Matching): AsyncGenerator<Page> {
  for (let after = 0n; ; ) {
    const start = after;
    const [page] = await patiently(
      () => db().$queryRaw<{ count: bigint; last: bigint | null; text: string | null }[]>`
        SELECT count(*) AS count, max(seq) AS last, string_agg(line, '' ORDER BY seq) AS text
        FROM (SELECT seq, ${EVENT_LINE} || E'\n' AS line FROM audit_event
              WHERE ${condition} AND seq > ${start} AND seq <= ${upTo}
              ORDER BY seq LIMIT ${EVENTS_A_READ}) AS page`,
    );
    const { count = 0n, last = null, text = null } = page ?? {};
    if (last === null || text === null) return;
    yield { count: Number(count), text };
    after = last;
  }
}

async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  return await withOwnQueryLimit(async (limit) => {
    limit.milliseconds = LONGEST_READ_MS;
    return await work();
  });
}
