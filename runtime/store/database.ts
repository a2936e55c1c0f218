import { chmodSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS, VACUUM } from "./migrations.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { fingerprintOf, seal } from "./sealed-notices.ts";

export const DATABASE_FILE = "runtime.sqlite";
/** How long a statement waits for another user of the file, such as a backup. */
const BUSY_MS = 5_000;

/**
 * Opens the runtime's database, readable by its owner only, and migrates it. The folder `dataDir` has to exist.
 * A commit outlives the process, but a power cut only once the log is flushed (wal-flush.ts).
 *
 * @throws Error when the folder cannot be used, or a newer runtime has written the file
 */
export function openDatabase(
  dataDir: string,
  pseudonyms: Pseudonyms,
): { database: DatabaseSync; file: string } {
  const file = path.join(dataDir, DATABASE_FILE);
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    prepare(database, { file, pseudonyms });
  } catch (error) {
    // Otherwise the file stays open and locked until the process ends.
    database.close();
    throw error;
  }
  return { database, file };
}

function prepare(
  database: DatabaseSync,
  { file, pseudonyms }: { file: string; pseudonyms: Pseudonyms },
): void {
  chmodSync(file, 0o600);
  // Larger pages: a commit writes fewer of them, and long texts fill them better. Rare checkpoints: a page
  // that changes often is copied once. secure_delete overwrites deleted data, which may be a customer's.
  database.exec(
    `PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
     PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 2000; PRAGMA secure_delete = ON`,
  );
  if (versionOf(database) > MIGRATIONS.length) {
    throw new Error(
      `${file} was written by a newer version of the runtime. Use that version, or another RUNTIME_DATA_DIR.`,
    );
  }
  migrate(database, pseudonyms);
  emptyLog(database);
}

/**
 * Empties SQLite's log, in which deleted or replaced data can be read until it is overwritten. Does not wait:
 * false when somebody else is reading.
 */
export function emptyLog(database: DatabaseSync): boolean {
  database.exec("PRAGMA busy_timeout = 0");
  const result = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() as { busy: number };
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  return result.busy === 0;
}

/** Migrates the tables from their current version to version `to`. */
export function migrate(
  database: DatabaseSync,
  pseudonyms: Pseudonyms,
  to: number = MIGRATIONS.length,
): void {
  const options = { deterministic: true };
  database.function("pseudonym_of", options, (text) => pseudonyms.of(String(text)));
  database.function("pseudonym_of_message", options, (id) => pseudonyms.ofMessage(String(id)));
  database.function("fingerprint_of", options, (id) => fingerprintOf(String(id), pseudonyms));
  database.function("seal", (text, id) => seal(String(text), { id: String(id), pseudonyms }));
  for (let version = versionOf(database); version < to; version += 1) {
    const migration = MIGRATIONS[version] ?? "";
    if (migration === VACUUM) database.exec(VACUUM);
    const change = migration === VACUUM ? "" : migration;
    database.exec(`BEGIN IMMEDIATE; ${change} PRAGMA user_version = ${version + 1}; COMMIT`);
  }
}

function versionOf(database: DatabaseSync): number {
  const row = database.prepare("PRAGMA user_version").get() as { user_version: number };
  return row.user_version;
}
