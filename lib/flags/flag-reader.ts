import type pg from "pg";
import { setDatabaseClock } from "../db/database-clock.ts";
import { inOwnTransaction } from "../db/own-transaction.ts";
import { BEGIN } from "../db/transaction-settings.ts";
import { type FlagChange, FlagTimeline, MAX_RECENT } from "./flag-timeline.ts";

const CHANGES_PER_READ = 5_000;

/** The flags, and the sequence number of the trail's last entry when they were read. */
export type ReadFlags = { timeline: FlagTimeline; seq: number };

type Head = { seq: number; revision: number; revisionHash: string };
type HeadRow = { seq: string; revision: string; revision_hash: string; clock_ms: number };

/** Runs one statement, in a transaction of its own or in an open one. */
type Read = <Row extends pg.QueryResultRow>(
  statement: pg.QueryConfig,
) => Promise<pg.QueryResult<Row>>;

/** Reads the database's position: one row, read each second. */
async function readHead(read: Read): Promise<Head> {
  const { rows } = await read<HeadRow>({
    text: `SELECT seq, revision, revision_hash,
                  (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS clock_ms FROM ledger`,
  });
  const [row] = rows;
  if (!row) throw new Error("The ledger has no row: the database is not migrated.");
  setDatabaseClock(row.clock_ms);
  return {
    seq: Number(row.seq),
    revision: Number(row.revision),
    revisionHash: row.revision_hash,
  };
}

/** Loads all flags from one snapshot of the database. */
export async function loadTimeline(client: pg.Client): Promise<ReadFlags> {
  const read: Read = (statement) => client.query(statement);
  try {
    await client.query(`${BEGIN}; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    const { seq, revision, revisionHash } = await readHead(read);
    const accepts = await readAccepting(read);
    const recent = await readChanges(read, {
      from: revision - MAX_RECENT + 1,
      most: MAX_RECENT,
    });
    await client.query("COMMIT");
    return { timeline: new FlagTimeline({ revision, revisionHash, accepts, recent }), seq };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}

/** The accepting numbers, sorted. Read as one text: a row for each would take ten times the memory. */
async function readAccepting(read: Read): Promise<string[]> {
  const { rows } = await read<{ ids: string | null }>({
    text: `SELECT string_agg(phone_number_id, ',' ORDER BY phone_number_id COLLATE "C") AS ids
           FROM number WHERE accepts_bsuid`,
  });
  const ids = rows[0]?.ids ?? null;
  return ids === null ? [] : ids.split(",");
}

/**
 * Brings a timeline up to date by reading only the changes since its revision.
 *
 * @returns the same timeline, with the changes applied; or a new one, when the database was restored
 *   and its trail does not have the timeline's revision
 */
export async function catchUp(client: pg.Client, timeline: FlagTimeline): Promise<ReadFlags> {
  const read: Read = (statement) => inOwnTransaction(client, statement);
  const head = await readHead(read);
  if (head.revision === timeline.revision && head.revisionHash === timeline.revisionHash) {
    return { timeline, seq: head.seq };
  }
  if (head.revision <= timeline.revision) return await loadTimeline(client);
  while (timeline.revision < head.revision) {
    const from = timeline.revision;
    const changes = await readChanges(read, { from, most: CHANGES_PER_READ });
    const ours = changes[0]?.revision === from ? changes.shift()?.hash : undefined;
    const hash = ours ?? (await readArchivedHash(read, from));
    const isSameTrail = from === 0 || hash === timeline.revisionHash;
    if (!isSameTrail || changes.length === 0) return await loadTimeline(client);
    timeline.apply(changes);
  }
  return { timeline, seq: head.seq };
}

/** The hash of a revision that is the last one in an archive; null for others. */
async function readArchivedHash(read: Read, revision: number): Promise<string | null> {
  const { rows } = await read<{ last_revision_hash: string }>({
    text: "SELECT last_revision_hash FROM audit_archive WHERE last_revision = $1 LIMIT 1",
    values: [revision],
  });
  return rows[0]?.last_revision_hash ?? null;
}

async function readChanges(
  read: Read,
  { from, most }: { from: number; most: number },
): Promise<FlagChange[]> {
  const { rows } = await read<Omit<FlagChange, "revision"> & { revision: string }>({
    text: `SELECT revision, hash, target_id AS "phoneNumberId",
                  (after ->> 'acceptsBsuid')::boolean AS "acceptsBsuid"
           FROM audit_event WHERE revision >= $1 ORDER BY revision LIMIT $2`,
    values: [from, most],
  });
  return rows.map(({ revision, ...change }) => ({ ...change, revision: Number(revision) }));
}
