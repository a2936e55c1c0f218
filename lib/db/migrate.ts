import path from "node:path";
import pg from "pg";
import { applyMigrations } from "./apply-migrations.ts";
import { MigrationError } from "./migration-error.ts";
import { findPending, readMigrations } from "./pending-migrations.ts";

/** The oldest version of PostgreSQL that the console works with. */
export const MIN_POSTGRES = 15;

/**
 * Migrates a database to the schema of this version. All pending migrations and their records in
 * `_prisma_migrations` are one transaction, so that a crash leaves nothing behind. Several processes
 * may run it at once: they take turns.
 *
 * @param databaseUrl of a role that owns the schema; any role will do when nothing is pending
 * @returns the names of the migrations that were applied
 * @throws MigrationError when the database is newer than this version, or a migration fails; OldFormError
 * when the database was made before the first release
 */
export async function migrate({
  databaseUrl,
  migrationsDir = path.resolve(import.meta.dirname, "../../prisma/migrations"),
}: {
  databaseUrl: string;
  migrationsDir?: string;
}): Promise<{ applied: string[] }> {
  const connection = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
  });
  connection.on("error", () => {}); // the next query reports a broken connection
  await connection.connect();
  try {
    await requireUsableServer(connection);
    const migrations = await readMigrations(migrationsDir);
    if ((await findPending(connection, migrations)).length === 0) return { applied: [] };
    return { applied: await applyMigrations(connection, migrations) };
  } finally {
    await connection.end();
  }
}

async function requireUsableServer(connection: pg.Client): Promise<void> {
  const { rows } = await connection.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version_num') AS version,
            current_setting('server_encoding') AS encoding`,
  );
  const { version, encoding } = rows[0] ?? {};
  const major = Math.floor(Number(version) / 10_000);
  if (!(major >= MIN_POSTGRES)) {
    throw new MigrationError(
      `The database is PostgreSQL ${major}, and the console needs ${MIN_POSTGRES} or newer. Point DATABASE_URL at a newer server.`,
    );
  }
  if (encoding !== "UTF8") {
    throw new MigrationError(
      `The database's encoding is ${encoding}, and the console needs UTF8. Create one with ENCODING 'UTF8' TEMPLATE template0, and point DATABASE_URL at it.`,
    );
  }
}
