import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { openSchemaEngine } from "./schema-engine.ts";
import { BEGIN_AS_OWNER } from "./transaction-settings.ts";

/** A migration could not be applied. The message is a sentence for the operator. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/** The database was made before the first release, in a form that no migration leads on from. */
export class OldFormError extends MigrationError {
  override name = "OldFormError";
}

const OLDEST_POSTGRES = 15;
const EVERYTHING = { externalTables: [], externalEnums: [] };

/**
 * Brings a database to the schema of this version: all pending migrations and their records
 * in `_prisma_migrations` in one transaction, so that a crash at any moment leaves nothing.
 * Safe to run from several processes at once: they take turns.
 *
 * @param databaseUrl a role that owns the schema; any role will do where nothing is pending
 * @returns the names of the migrations applied now
 * @throws MigrationError when the database is newer than this version, or one fails; OldFormError when
 * it was made before the first release
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
  connection.on("error", () => {}); // a connection that broke shows itself at the next query
  await connection.connect();
  try {
    await requireUsableServer(connection);
    const migrations = await readMigrations(migrationsDir);
    if (await isUpToDate(connection, migrations)) return { applied: [] };
    return { applied: await applyInOneTransaction(connection, migrations) };
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
  if (!(major >= OLDEST_POSTGRES)) {
    throw new MigrationError(
      `The database is PostgreSQL ${major}, and the console needs ${OLDEST_POSTGRES} or newer. Point DATABASE_URL at a newer server.`,
    );
  }
  if (encoding !== "UTF8") {
    throw new MigrationError(
      `The database's encoding is ${encoding}, and the console needs UTF8. Create one with ENCODING 'UTF8' TEMPLATE template0, and point DATABASE_URL at it.`,
    );
  }
}

async function readMigrations(migrationsDir: string): Promise<MigrationList> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(path.join(migrationsDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(path.join(migrationsDir, name, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}

/** Read by plain SQL, because a role that may not migrate must still be able to start. */
async function isUpToDate(connection: pg.Client, migrations: MigrationList): Promise<boolean> {
  const table = await connection.query<{ present: boolean }>(
    `SELECT to_regclass('public."_prisma_migrations"') IS NOT NULL AS present`,
  );
  if (!table.rows[0]?.present) return false;
  const { rows } = await connection.query<{ migration_name: string; finished: boolean }>(
    `SELECT migration_name, finished_at IS NOT NULL AS finished
     FROM public."_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const released = new Set(migrations.migrationDirectories.map(({ path: name }) => name));
  requireReleasedForm(rows.map((row) => row.migration_name).sort(), [...released].sort());
  const newer = rows.find((row) => !released.has(row.migration_name));
  if (newer) {
    throw new MigrationError(
      `The database was migrated by a newer version of the console (it has "${newer.migration_name}", which this version does not know). Start that version, or restore the backup made before the upgrade.`,
    );
  }
  return rows.length === released.size && rows.every((row) => row.finished);
}

/** Names begin with their date: what sorts before our first one is of a form that ended with it. */
function requireReleasedForm(applied: readonly string[], released: readonly string[]): void {
  const [oldest = "", first = ""] = [applied[0], released[0]];
  if (oldest === "" || oldest >= first) return;
  throw new OldFormError(
    `The database was made by a version from before the first release (it has "${oldest}"), and nothing leads on from its form. Make an empty database for this version, and import the roster anew; to read the old one, start the version that made it.`,
  );
}

async function applyInOneTransaction(
  connection: pg.Client,
  migrations: MigrationList,
): Promise<string[]> {
  const scriptErrors: unknown[] = [];
  await connection.query(BEGIN_AS_OWNER);
  try {
    await connection.query("SELECT pg_advisory_xact_lock(hashtext('bsuid-console migrations'))");
    const engine = await openSchemaEngine(connection, {
      onScriptError: (error) => scriptErrors.push(error),
    });
    await forgetUnfinished(engine, migrations);
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrations,
      filters: EVERYTHING,
    });
    await connection.query("COMMIT");
    return appliedMigrationNames;
  } catch (error) {
    await connection.query("ROLLBACK").catch(() => {});
    throw new MigrationError(
      `The database could not be migrated, and nothing of it was changed. ${toSentence(scriptErrors[0] ?? error)} Correct that and start again; the role in DATABASE_URL must own the schema.`,
      { cause: error },
    );
  }
}

/**
 * A migration that `prisma migrate deploy` left unfinished (killed, failed) is tried again.
 * Its script is one implicit transaction, so a second try either starts clean or fails whole.
 */
async function forgetUnfinished(engine: SchemaEngine, migrations: MigrationList): Promise<void> {
  const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList: migrations,
    optInToShadowDatabase: false,
    filters: EVERYTHING,
  });
  for (const migrationName of failedMigrationNames) {
    await engine.markMigrationRolledBack({ migrationName });
  }
}

function toSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const firstLine =
    message
      .trim()
      .split("\n")
      .find((line) => line.trim() !== "") ?? "Unknown error";
  return firstLine.endsWith(".") ? firstLine : `${firstLine}.`;
}
