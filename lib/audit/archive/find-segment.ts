import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";

/** The range of entries for one archive. */
export type Segment = { firstSeq: bigint; lastSeq: bigint };

/** Keeps transactions small: a flip that commits after one waits for its flush to disk. */
const MAX_ENTRIES = 20_000n;
const DAY_MS = 24 * 3_600_000;

/**
 * The next entries to archive: the trail's oldest UTC month, or the first 20,000 entries of it. Null
 * when no full month is older than the retention.
 */
export async function findSegment(retentionDays: number): Promise<Segment | null> {
  const first = await db().auditEvent.findFirst({ orderBy: { seq: "asc" } });
  if (!first) return null;
  const monthEnd = toNextMonth(first.occurredAt);
  if (monthEnd.getTime() > databaseNow().getTime() - retentionDays * DAY_MS) return null;
  const beyond = first.seq + MAX_ENTRIES;
  const [row] = await db().$queryRaw<{ last: bigint }[]>`
    SELECT least(max(seq), min(seq) FILTER (WHERE occurred_at >= ${monthEnd}) - 1) AS last
    FROM audit_event WHERE seq < ${beyond}`;
  const lastSeq = row?.last ?? 0n;
  return lastSeq < first.seq ? null : { firstSeq: first.seq, lastSeq };
}

function toNextMonth(time: Date): Date {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1));
}
