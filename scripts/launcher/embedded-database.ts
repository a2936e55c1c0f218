import { rename as renameFile } from "node:fs/promises";
import { migrate } from "#lib/db/migrate.ts";
import { OldFormError } from "#lib/db/migration-error.ts";
import { APP_LOGIN, ensureAppLogin } from "#postgres/app-login.ts";
import { type Postgres, startPostgres } from "#postgres/embedded-postgres.ts";
import { withClient } from "#postgres/with-client.ts";
import { seedDemo } from "../demo/seed.ts";
import type { Secrets } from "./console-secrets.ts";
import { step, tell } from "./progress.ts";

const COMPLETE = "console";
const DRAFT = "console_seeding";

export type EmbeddedDatabase = { appUrl: string; ownerUrl: string };

/** Starts the demo's PostgreSQL in `dataDir`; calls `onStarted` with the function that stops it. */
export async function openEmbeddedDatabase(options: {
  dataDir: string;
  /** The file with the journal of the database's signed heads. */
  headJournal: string;
  secrets: Secrets;
  signal: AbortSignal;
  onStarted: (stop: () => Promise<void>) => void;
}): Promise<EmbeddedDatabase> {
  const { dataDir, headJournal, secrets, signal, onStarted } = options;
  const password = secrets.superuserPassword;
  const postgres = await step("Starting the database", () =>
    startPostgres({ dataDir, password, log: tell, signal }),
  );
  onStarted(postgres.stop);

  if (!(await isMigrated(postgres))) {
    await setAside(headJournal);
    await fillNew(postgres, secrets, signal);
  }
  signal.throwIfAborted();
  await withClient(postgres.superuserUrl(COMPLETE), (client) =>
    ensureAppLogin(client, secrets.appPassword),
  );
  const app = `${APP_LOGIN}:${encodeURIComponent(secrets.appPassword)}`;
  return {
    appUrl: `postgresql://${app}@127.0.0.1:${postgres.port}/${COMPLETE}`,
    ownerUrl: postgres.superuserUrl(COMPLETE),
  };
}

/** Migrates the filled database; false when there is none. Moves one with an incompatible schema aside. */
async function isMigrated(postgres: Postgres): Promise<boolean> {
  if (!(await isComplete(postgres))) return false;
  try {
    await migrateStep(postgres, COMPLETE);
    return true;
  } catch (error) {
    if (!(error instanceof OldFormError)) throw error;
    const aside = `${COMPLETE}_until_${toStamp()}`;
    await rename(postgres, { from: COMPLETE, to: aside });
    tell(
      `The demo's database was made by a version from before the first release. It is kept as ${aside}, and the demo starts anew.`,
    );
    return false;
  }
}

async function isComplete(postgres: Postgres): Promise<boolean> {
  return await withClient(postgres.superuserUrl("postgres"), async (client) => {
    const result = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [COMPLETE]);
    return result.rowCount === 1;
  });
}

async function migrateStep(postgres: Postgres, database: string): Promise<void> {
  await step("Migrating the database", () =>
    migrate({ databaseUrl: postgres.superuserUrl(database) }),
  );
}

/** Moves the journal aside: heads of the previous database do not belong to the next one's. */
async function setAside(headJournal: string): Promise<void> {
  try {
    await renameFile(headJournal, `${headJournal}.until-${toStamp()}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** The current time as digits, for file names. */
function toStamp(): string {
  return new Date().toISOString().replaceAll(/\D/g, "");
}

/** The database gets its name only once it is full: an interruption leaves a draft that the next start drops. */
async function fillNew(postgres: Postgres, secrets: Secrets, signal: AbortSignal): Promise<void> {
  await withClient(postgres.superuserUrl("postgres"), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${DRAFT} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${DRAFT}`);
  });
  signal.throwIfAborted();
  await migrateStep(postgres, DRAFT);
  signal.throwIfAborted();
  await step("Filling it with demo data", () =>
    seedDemo({ databaseUrl: postgres.superuserUrl(DRAFT), secrets: secrets.demo }),
  );
  signal.throwIfAborted();
  await rename(postgres, { from: DRAFT, to: COMPLETE });
}

async function rename(postgres: Postgres, { from, to }: { from: string; to: string }) {
  await withClient(postgres.superuserUrl("postgres"), async (client) => {
    await client.query(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1",
      [from],
    );
    await client.query(`ALTER DATABASE ${from} RENAME TO ${to}`);
  });
}
