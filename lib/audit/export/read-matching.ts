import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { withOwnQueryLimit } from "../../db/query-limit.ts";
import type { AuditFilter } from "../audit-filter.ts";
import { toAuditCondition } from "../to-audit-condition.ts";
import { EVENT_LINE } from "./event-line.ts";

const EVENTS_A_READ = 500;
/** A rare filter has to be looked for in the whole trail. */
const LONGEST_READ_MS = 120_000;

/** The events up to entry `upTo` that meet a filter: they stay the same, however the trail grows. */
export type Matching = { condition: Prisma.Sql; upTo: bigint };

export async function toMatching(
  { accountId, ...filter }: AuditFilter,
  upTo: bigint,
): Promise<Matching> {
  const condition = await toAuditCondition(filter);
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

/** In the trail's order, as JSON, some hundred at a time; nothing is read before it is asked for. */
export async function* readMatching({ condition, upTo }: Matching): AsyncGenerator<string[]> {
  for (let after = 0n; ; ) {
    const start = after;
    const rows = await patiently(
      () => db().$queryRaw<{ seq: bigint; line: string }[]>`
        SELECT seq, ${EVENT_LINE} AS line FROM audit_event
        WHERE ${condition} AND seq > ${start} AND seq <= ${upTo}
        ORDER BY seq LIMIT ${EVENTS_A_READ}`,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ line }) => line);
    after = last.seq;
  }
}

async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  return await withOwnQueryLimit(async (limit) => {
    limit.milliseconds = LONGEST_READ_MS;
    return await work();
  });
}
