import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

const FILE = "runtime.sqlite";

/** How the tables look now. A file of another version is another program's, or a newer runtime's. */
const VERSION = 1;

const SCHEMA = `
  -- What became of each message and status, once for each: dedupe_key is Meta's id of it.
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    dedupe_key TEXT NOT NULL UNIQUE,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT,
    decided_at INTEGER NOT NULL,
    phone_number_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    message_case TEXT NOT NULL,
    cursor TEXT,
    why TEXT,
    lane TEXT,
    status TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    payload TEXT
  ) STRICT;
  CREATE INDEX event_pending ON event (lane, seq) WHERE status = 'pending';
  CREATE INDEX event_decided_at ON event (decided_at);

  -- One row for each number and customer with webhooks to deliver: they go out one after the other.
  CREATE TABLE lane (lane TEXT PRIMARY KEY, due_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX lane_due ON lane (due_at);
`;

/**
 * Opens the runtime's database in `dataDir`, readable by its owner alone. Each commit is on disk when
 * it returns (WAL with synchronous FULL).
 *
 * @throws Error when the folder cannot be used, or the file is another version's
 */
export function openDatabase(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, FILE);
  const database = new DatabaseSync(file, { timeout: 5_000 });
  chmodSync(file, 0o600);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000");
  migrate(database, file);
  return database;
}

function migrate(database: DatabaseSync, file: string): void {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as {
    user_version: number;
  };
  if (version === VERSION) return;
  if (version !== 0) {
    database.close();
    throw new Error(
      `${file} was written by another version of the runtime (${version}, this one has ${VERSION}). Use that version, or another RUNTIME_DATA_DIR.`,
    );
  }
  database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${VERSION}; COMMIT`);
}
