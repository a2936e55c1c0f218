import { Prisma } from "../db/generated/client.ts";
import type { SqlRunner } from "../db/sql-runner.ts";

/** A change of a flag, as its entry has it. */
export type Flip = {
  seq: number;
  phoneNumberId: string;
  /** What the flag became. */
  acceptsBsuid: boolean;
  revision: number;
  actorId: string;
};

/** Reads the changes of flags of a batch, in order. */
export async function readBatchFlips(runner: SqlRunner, batchId: string): Promise<Flip[]> {
  return await readFlips(runner, Prisma.sql`batch_id = ${batchId}::uuid`);
}

/** Reads the changes of flags that a person made since a time, in order. */
export async function readPersonFlips(
  runner: SqlRunner,
  { personId, since }: { personId: string; since: Date },
): Promise<Flip[]> {
  return await readFlips(
    runner,
    Prisma.sql`actor_id = ${personId} AND actor_type = 'person' AND occurred_at >= ${since}`,
  );
}

/** Reads all changes of these numbers' flags from an entry on, in order. */
export async function readFlipsFrom(
  runner: SqlRunner,
  { firstSeq, phoneNumberIds }: { firstSeq: number; phoneNumberIds: readonly string[] },
): Promise<Flip[]> {
  return await readFlips(
    runner,
    Prisma.sql`target_id = ANY(${phoneNumberIds}::text[]) AND seq >= ${firstSeq}`,
  );
}

async function readFlips(runner: SqlRunner, which: Prisma.Sql): Promise<Flip[]> {
  return await runner.query<Flip>(Prisma.sql`
    SELECT seq::float8 AS seq, target_id AS "phoneNumberId",
           (after->>'acceptsBsuid')::boolean AS "acceptsBsuid",
           revision::float8 AS revision, actor_id AS "actorId"
    FROM audit_event
    WHERE ${which} AND revision IS NOT NULL
    ORDER BY seq`);
}

/**
 * Reads after which entries numbers were not what they had been: moved to another account, portfolio or
 * WhatsApp Business account, or retired. A flip that Meta's rules forced comes before such an entry.
 *
 * @returns the entries' places in the trail, in order, by number
 */
export async function readMoves(
  runner: SqlRunner,
  flips: readonly Pick<Flip, "seq" | "phoneNumberId">[],
): Promise<ReadonlyMap<string, number[]>> {
  const moves = new Map<string, number[]>();
  const [first] = flips;
  if (!first) return moves;
  const phoneNumberIds = [...new Set(flips.map(({ phoneNumberId }) => phoneNumberId))];
  const rows = await runner.query<{ seq: number; phoneNumberId: string }>(Prisma.sql`
    SELECT seq::float8 AS seq, target_id AS "phoneNumberId"
    FROM audit_event
    WHERE target_id = ANY(${phoneNumberIds}::text[]) AND seq > ${first.seq}
      AND (action = 'number.retired' OR action = 'number.updated'
        AND jsonb_exists_any(after, ARRAY['accountExternalId', 'portfolioId', 'wabaId']))
    ORDER BY seq`);
  for (const { seq, phoneNumberId } of rows) {
    const seqs = moves.get(phoneNumberId);
    if (seqs) seqs.push(seq);
    else moves.set(phoneNumberId, [seq]);
  }
  return moves;
}
