import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { MigrationError } from "./migration-error.ts";
import { findPending, type Migration } from "./pending-migrations.ts";
import { BEGIN_AS_OWNER } from "./transaction-settings.ts";

/** Of the migrations' transaction: a process that is stopped, or whose machine is gone, lets go of the lock. */
const BEGIN = `${BEGIN_AS_OWNER}; SET LOCAL idle_in_transaction_session_timeout = 60000;
  SET LOCAL client_connection_check_interval = 10000`;
const INSUFFICIENT_PRIVILEGE = "42501";
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

/**
 * Applies what is pending, with its records in Prisma's table, in one transaction.
 *
 * @returns the names of the migrations that were applied
 * @throws MigrationError naming the one that fails; the connection's error when the connection is lost
 */
export async function applyMigrations(
  connection: pg.Client,
  migrations: readonly Migration[],
): Promise<string[]> {
  let isCommitting = false;
  await connection.query(BEGIN);
  try {
    await connection.query(TAKE_PRISMAS_LOCK);
    // Another process may have applied them while this one waited for the lock.
    const pending = await findPending(connection, migrations);
    if (pending.length > 0) await prepareRecords(connection, pending);
    for (const migration of pending) await apply(connection, migration);
    isCommitting = true;
    await connection.query("COMMIT");
    return pending.map(({ name }) => name);
  } catch (error) {
    await connection.query("ROLLBACK").catch(() => {});
    if (isCommitting && isConnectionLost(error)) {
      throw new MigrationError(
        "The connection to the database broke while the migrations were committed, so it is not certain whether they were applied. Start again: none is applied twice.",
        { cause: error },
      );
    }
    if (error instanceof MigrationError || isConnectionLost(error)) throw error;
    throw new MigrationError(
      `The database could not be migrated, and nothing of it was changed. ${toSentence(error)} Correct that and start again.`,
      { cause: error },
    );
  }
}

/** Whether the server, or the way to it, is gone: what was not committed is undone. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message = "" } = error as { code?: string; message?: string };
  return (
    /^(08|57P)/.test(code ?? "") ||
    (code === undefined && /Connection terminated|not queryable/.test(message)) ||
    ["ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code ?? "")
  );
}

/** @throws MigrationError when there are tables of another program, or the login may not migrate */
async function prepareRecords(connection: pg.Client, [next]: readonly Migration[]): Promise<void> {
  try {
    await makeRecords(connection);
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new MigrationError(
      `The database lacks the migration "${next?.name}", and this login may not apply it: ${toSentence(error)} Run npm run db:migrate with the address of the role that owns the schema in DATABASE_URL, and start again.`,
      { cause: error },
    );
  }
}

async function makeRecords(connection: pg.Client): Promise<void> {
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
  const transaction = await readTransaction(connection);
  await connection.query(
    `INSERT INTO public."_prisma_migrations" (id, checksum, migration_name, started_at)
     VALUES ($1, $2, $3, clock_timestamp())`,
    [id, checksum, name],
  );
  try {
    await connection.query(sql);
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    await connection.query("ROLLBACK").catch(() => {});
    if (await isRecorded(connection, id)) throw new MigrationError(toEndedWords(name));
    throw new MigrationError(
      `The database could not be migrated, and nothing of it was changed. The migration "${name}" fails${toPlace(error, sql)}: ${toSentence(error)} Correct that and start again.`,
      { cause: error },
    );
  }
  if ((await readTransaction(connection)) !== transaction) {
    throw new MigrationError(toEndedWords(name));
  }
  await connection.query(
    `UPDATE public."_prisma_migrations"
     SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1`,
    [id],
  );
}

/** An identifier of the transaction under way. */
async function readTransaction(connection: pg.Client): Promise<string> {
  const { rows } = await connection.query<{ id: string }>(
    "SELECT pg_current_xact_id()::text AS id",
  );
  return rows[0]?.id ?? "";
}

async function isRecorded(connection: pg.Client, id: string): Promise<boolean> {
  const find = `SELECT FROM public."_prisma_migrations" WHERE id = $1`;
  return await connection.query(find, [id]).then(
    ({ rowCount }) => rowCount === 1,
    () => false,
  );
}

/** Of a script that ended the transaction of all migrations. */
function toEndedWords(name: string): string {
  return `The migration "${name}" has a COMMIT or ROLLBACK, so that parts of it, and of those before it, may have been applied. Take that statement out, and restore the backup made before.`;
}

function toPlace(error: unknown, sql: string): string {
  const { position } = error as { position?: string };
  return position ? ` at line ${sql.slice(0, Number(position)).split("\n").length}` : "";
}

/** What the database says, with its detail and hint. */
function toSentence(error: unknown): string {
  const { message = String(error), detail, hint } = error as pg.DatabaseError;
  return [message, detail, hint]
    .flatMap((part) => part?.trim().replace(/\s*\n\s*/g, " ") || [])
    .map((part) => (part.endsWith(".") ? part : `${part}.`))
    .join(" ");
}
