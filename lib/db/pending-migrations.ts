import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { MigrationError, OldFormError } from "./migration-error.ts";

export type Migration = { name: string; sql: string };

/** The migrations of this version, in the order in which they are applied. */
export async function readMigrations(migrationsDir: string): Promise<Migration[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return await Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(path.join(migrationsDir, name, "migration.sql"), "utf8"),
    })),
  );
}

/**
 * The migrations that the database does not have yet. Only reads, because a role that may not migrate
 * must still be able to start.
 */
export async function findPending(
  connection: pg.Client,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  // Not to_regclass(): in an open transaction it may answer from the session's cache, which does not know yet
  // of the tables that another process made while this one waited for its turn.
  const table = await connection.query<{ present: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = '_prisma_migrations') AS present`,
  );
  if (!table.rows[0]?.present) return [...migrations];
  const { rows } = await connection.query<{ name: string; finished: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished
     FROM public."_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
  );
  const released = new Set(migrations.map(({ name }) => name));
  requireReleasedForm(rows[0]?.name, migrations[0]?.name);
  const newer = rows.find(({ name }) => !released.has(name));
  if (newer) {
    throw new MigrationError(
      `The database was migrated by a newer version of the console (it has "${newer.name}", which this version does not know). Start that version, or restore the backup made before the upgrade.`,
    );
  }
  const finished = new Set(rows.filter((row) => row.finished).map(({ name }) => name));
  return migrations.filter(({ name }) => !finished.has(name));
}

/** Names begin with their date: a migration that sorts before our first one is from before the first release. */
function requireReleasedForm(oldest: string | undefined, first: string | undefined): void {
  if (oldest === undefined || first === undefined || oldest >= first) return;
  throw new OldFormError(
    `The database was made by a version from before the first release (it has "${oldest}"), and no migration upgrades it. Make an empty database for this version, and import the roster again; to read the old one, start the version that made it.`,
  );
}
