import { db } from "../../db/client.ts";

/** Reads the commitments to all erased values, sorted, by the entry that recorded the erasure. */
export async function readErasedCommitments(): Promise<{ [seq: string]: string[] }> {
  const rows = await db().$queryRaw<{ seq: bigint; commitments: string[] }[]>`
    SELECT erased_by AS seq, array_agg(commitment ORDER BY commitment COLLATE "C") AS commitments
    FROM private_value WHERE erased_by IS NOT NULL GROUP BY erased_by ORDER BY erased_by`;
  return Object.fromEntries(rows.map(({ seq, commitments }) => [String(seq), commitments]));
}
