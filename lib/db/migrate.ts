import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { BEGIN_AS_OWNER } from "./transaction-settings.ts";

/** A migration could not be applied. The message is a sentence for the operator. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/** The database was made before the first release; no migration upgrades its schema. */
export class OldFormError extends MigrationError {
  override name = "OldFormError";
}

const OLDEST_POSTGRES = 15;
/** The lock of `prisma migrate deploy`, so that it takes its turn, too. */
const TAKE_PRISMAS_LOCK = "SELECT pg_advisory_xact_lock(72707369)";
/** Prisma's own table. */
const CREATE_RECORDS = `CREATE TABLE public."_prisma_migrations" (
  id varchar(36) PRIMARY KEY,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

type Migration = { name: string; sql: string };

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

async function readMigrations(migrationsDir: string): Promise<Migration[]> {
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
async function findPending(
  connection: pg.Client,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  const table = await connection.query<{ present: boolean }>(
    `SELECT to_regclass('public."_prisma_migrations"') IS NOT NULL AS present`,
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

async function applyInOneTransaction(
  connection: pg.Client,
  migrations: readonly Migration[],
): Promise<string[]> {
  await connection.query(BEGIN_AS_OWNER);
  try {
    await connection.query(TAKE_PRISMAS_LOCK);
    // Whoever had the lock before may have applied them.
    const pending = await findPending(connection, migrations);
    await prepareRecords(connection);
    for (const migration of pending) await apply(connection, migration);
    await connection.query("COMMIT");
    return pending.map(({ name }) => name);
  } catch (error) {
    await connection.query("ROLLBACK").catch(() => {});
    if (error instanceof MigrationError) throw error;
    throw new MigrationError(
      `The database could not be migrated, and nothing of it was changed. ${toSentence(error)} Correct that and start again; the role in DATABASE_URL must own the schema.`,
      { cause: error },
    );
  }
}

async function prepareRecords(connection: pg.Client): Promise<void> {
  const { rows } = await connection.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY name",
  );
  const [first] = rows;
  if (first && !rows.some(({ name }) => name === "_prisma_migrations")) {
    throw new MigrationError(
      `The database has tables of another program (such as "${first.name}"). Make an empty one for the console.`,
    );
  }
  if (!first) await connection.query(CREATE_RECORDS);
  // `prisma migrate deploy` was killed, or failed. Its script is one implicit transaction: it is tried again.
  await connection.query(
    `UPDATE public."_prisma_migrations" SET rolled_back_at = now()
     WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
}

async function apply(connection: pg.Client, { name, sql }: Migration): Promise<void> {
  const id = randomUUID();
  const checksum = createHash("sha256").update(sql).digest("hex");
  await connection.query(
    `INSERT INTO public."_prisma_migrations" (id, checksum, migration_name, started_at)
     VALUES ($1, $2, $3, clock_timestamp())`,
    [id, checksum, name],
  );
  await connection.query(sql);
  await connection.query(
    `UPDATE public."_prisma_migrations"
     SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1`,
    [id],
  );
}

function toSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const firstLine = message.trim().split("\n")[0] || "Unknown error";
  return firstLine.endsWith(".") ? firstLine : `${firstLine}.`;
}
