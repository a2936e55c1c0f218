import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "./migrations.ts";

const FILE = "runtime.sqlite";

/**
 * Opens the runtime's database in `dataDir`, readable by its owner alone, and brings its tables up to
 * date. A commit outlives the process; a power cut only once the log was flushed (wal-flush.ts).
 *
 * @throws Error when the folder cannot be used, or a newer runtime has written the file
 */
export function openDatabase(dataDir: string): { database: DatabaseSync; file: string } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, FILE);
  const database = new DatabaseSync(file, { timeout: 5_000 });
  chmodSync(file, 0o600);
  // Larger pages for a new file: a commit writes fewer of them, and long texts leave less of each empty.
  // Seldom moved from the log to the file: a page that changes often is moved once.
  database.exec(
    `PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
     PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 2000`,
  );
  migrate(database, file);
  return { database, file };
}

function migrate(database: DatabaseSync, file: string): void {
  const row = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (row.user_version > MIGRATIONS.length) {
    database.close();
    throw new Error(
      `${file} was written by a newer version of the runtime. Use that version, or another RUNTIME_DATA_DIR.`,
    );
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < row.user_version) continue;
    database.exec(`BEGIN IMMEDIATE; ${migration} PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}
