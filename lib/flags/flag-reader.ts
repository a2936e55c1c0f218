import type pg from "pg";
import { type FlagChange, FlagTimeline, MOST_RECENT } from "./timeline.ts";

const CHANGES_A_READ = 5_000;

type Head = { seq: number; revision: number; revisionHash: string };

/** Where the database is: one row, read each second. */
async function readHead(client: pg.ClientBase): Promise<Head> {
  const { rows } = await client.query<{ seq: string; revision: string; revision_hash: string }>(
    "SELECT seq, revision, revision_hash FROM ledger",
  );
  const [row] = rows;
  if (!row) throw new Error("The ledger has no row: the database is not migrated.");
  return {
    seq: Number(row.seq),
    revision: Number(row.revision),
    revisionHash: row.revision_hash,
  };
}

/** All flags, as of one moment. */
export async function loadTimeline(client: pg.ClientBase): Promise<FlagTimeline> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    const { revision, revisionHash } = await readHead(client);
    const accepts = await readAccepting(client);
    const recent = await readChanges(client, {
      from: revision - MOST_RECENT + 1,
      most: MOST_RECENT,
    });
    await client.query("COMMIT");
    return new FlagTimeline({ revision, revisionHash, accepts, recent });
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/** The accepting numbers, sorted; as one text, since a row for each would take ten times the memory. */
async function readAccepting(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ ids: string | null }>(
    `SELECT string_agg(phone_number_id, ',' ORDER BY phone_number_id COLLATE "C") AS ids
     FROM number WHERE accepts_bsuid`,
  );
  const ids = rows[0]?.ids ?? null;
  return ids === null ? [] : ids.split(",");
}

/**
 * Brings a timeline up to the database: reads what changed, not what there is.
 *
 * @returns the same timeline, moved on; or a new one, when the database was restored and the
 *   revision we are at is not a part of its trail
 */
export async function catchUp(
  client: pg.ClientBase,
  timeline: FlagTimeline,
): Promise<FlagTimeline> {
  const head = await readHead(client);
  if (head.revision === timeline.revision && head.revisionHash === timeline.revisionHash) {
    return timeline;
  }
  if (head.revision <= timeline.revision) return await loadTimeline(client);
  while (timeline.revision < head.revision) {
    const from = timeline.revision;
    const changes = await readChanges(client, { from, most: CHANGES_A_READ });
    const ours = changes[0]?.revision === from ? changes.shift()?.hash : undefined;
    const hash = ours ?? (await readArchivedHash(client, from));
    const isSameTrail = from === 0 || hash === timeline.revisionHash;
    if (!isSameTrail || changes.length === 0) return await loadTimeline(client);
    timeline.apply(changes);
  }
  return timeline;
}

/** A revision's hash after its entry left the trail, where it was the last one to leave. */
async function readArchivedHash(client: pg.ClientBase, revision: number): Promise<string | null> {
  const { rows } = await client.query<{ last_revision_hash: string }>(
    "SELECT last_revision_hash FROM audit_archive WHERE last_revision = $1 LIMIT 1",
    [revision],
  );
  return rows[0]?.last_revision_hash ?? null;
}

async function readChanges(
  client: pg.ClientBase,
  { from, most }: { from: number; most: number },
): Promise<FlagChange[]> {
  const { rows } = await client.query<[string, string, string, boolean]>({
    text: `SELECT revision, hash, target_id, (after ->> 'acceptsBsuid')::boolean
           FROM audit_event WHERE revision >= $1 ORDER BY revision LIMIT $2`,
    values: [from, most],
    rowMode: "array",
  });
  return rows.map(([revision, hash, phoneNumberId, acceptsBsuid]) => ({
    revision: Number(revision),
    hash,
    phoneNumberId,
    acceptsBsuid,
  }));
}
