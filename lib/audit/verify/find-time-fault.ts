import type { Prisma } from "../../db/generated/client.ts";
import type { TrailFault } from "./trail-check.ts";

/** Finds an invalid time (`infinity`, years of five digits): only the owner can write one, and nothing can read it. */
export async function findTimeFault(
  snapshot: Prisma.TransactionClient,
): Promise<TrailFault | null> {
  const [wrong] = await snapshot.$queryRaw<{ seq: bigint; what: string }[]>`
    SELECT min(seq) AS seq, what FROM (
      (SELECT seq, 'Entry' AS what FROM audit_event WHERE occurred_at < '2000-01-01Z'
       UNION ALL SELECT seq, 'Entry' FROM audit_event WHERE occurred_at >= '9999-01-01Z')
      UNION ALL SELECT seq, 'A head of entry' FROM audit_head WHERE NOT is_usual_time(signed_at)
      UNION ALL SELECT last_seq, 'The archive up to entry' FROM audit_archive WHERE NOT is_usual_time(last_at)
    ) AS wrong GROUP BY what ORDER BY min(seq) LIMIT 1`;
  if (!wrong) return null;
  const seq = Number(wrong.seq);
  return { seq, problem: `${wrong.what} ${seq} has an invalid time: it was edited.` };
}
