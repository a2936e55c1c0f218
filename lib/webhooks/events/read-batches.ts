import type { SignedEvent } from "../../audit/event.ts";
import type { Prisma } from "../../db/generated/client.ts";

/** All flips that one transaction made of a batch. */
export type FlipBatch = {
  firstSeq: number;
  lastSeq: number;
  /** Of the last flip. */
  revision: number;
  turnedOn: number;
  madePhoneOnly: number;
  /** How many accounts have numbers in it, and the ids of the first of them. */
  accounts: number;
  accountIds: string[];
};

/** So many ids take 12 kB; a webhook should stay below 20. */
const MAX_ACCOUNT_IDS = 300;

export function isFlip({ action }: Pick<SignedEvent, "action">): boolean {
  return action === "flag.enabled" || action === "flag.disabled";
}

/** The flips of one batch that were made in one transaction, whose entries are of one time. */
export function toBatchKey({ batchId, occurredAt }: Pick<SignedEvent, "batchId" | "occurredAt">) {
  return `${batchId} ${occurredAt}`;
}

type Row = Omit<FlipBatch, "accountIds"> & {
  batchId: string;
  occurredAt: Date;
  accountIds: string[];
};

/** Reads the batches that these entries belong to, whole, by `toBatchKey`. */
export async function readBatches(
  tx: Prisma.TransactionClient,
  events: readonly SignedEvent[],
): Promise<Map<string, FlipBatch>> {
  const flips = events.filter((event) => isFlip(event) && event.batchId !== undefined);
  const keys = new Map(flips.map((event) => [toBatchKey(event), event]));
  if (keys.size === 0) return new Map();
  const rows = await tx.$queryRaw<Row[]>`
    SELECT e.batch_id AS "batchId", e.occurred_at AS "occurredAt",
      min(e.seq)::float8 AS "firstSeq", max(e.seq)::float8 AS "lastSeq",
      max(e.revision)::float8 AS revision,
      count(*) FILTER (WHERE e.action = 'flag.enabled')::int AS "turnedOn",
      count(*) FILTER (WHERE e.action = 'flag.disabled')::int AS "madePhoneOnly",
      count(DISTINCT n.account_id)::int AS accounts,
      (array_agg(DISTINCT n.account_id::text))[1:${MAX_ACCOUNT_IDS}::int] AS "accountIds"
    FROM unnest(${[...keys.values()].map(({ batchId = "" }) => batchId)}::uuid[],
                ${[...keys.values()].map(({ occurredAt }) => occurredAt)}::timestamptz[])
      AS wanted(batch_id, occurred_at)
    JOIN audit_event e ON e.batch_id = wanted.batch_id AND e.occurred_at = wanted.occurred_at
    JOIN number n ON n.phone_number_id = e.target_id
    WHERE e.action IN ('flag.enabled', 'flag.disabled')
    GROUP BY e.batch_id, e.occurred_at`;
  return new Map(
    rows.map(({ batchId, occurredAt, ...batch }) => [
      toBatchKey({ batchId, occurredAt: occurredAt.toISOString() }),
      batch,
    ]),
  );
}
