import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "#lib/config.ts";
import { MIN_POSTGRES, migrate } from "#lib/db/migrate.ts";
import { MigrationError } from "#lib/db/migration-error.ts";
import { checkSession, DatabaseSettingsError, type SessionFacts } from "#lib/db/session-check.ts";
import { trailGuardProblems } from "#lib/db/trail-guard.ts";
import { withClient } from "#postgres/with-client.ts";
import { AwayError, toLaunchError } from "./database-error.ts";
import { LaunchError } from "./launch-error.ts";
import { step, tell } from "./progress.ts";

const ASK_AGAIN_MS = 1_000;

/**
 * Checks and migrates the operator's own database. When it does not answer, waits for it in the
 * background, so that the console runs, says why it is not ready, and recovers by itself.
 *
 * @param onFailure called when the database becomes available but cannot be used
 * @returns null when the database is there; else `arrival`, which resolves to whether it came and can be used
 * @throws LaunchError, MigrationError when it answers but cannot be used
 */
export async function openExternalDatabase(
  config: ExternalConfig,
  { signal, onFailure }: { signal: AbortSignal; onFailure: (error: unknown) => void },
): Promise<{ arrival: Promise<boolean> } | null> {
  try {
    await checkAndMigrate(config);
    return null;
  } catch (error) {
    if (!(error instanceof AwayError)) throw error;
    tell(`${error.message} Waiting for it; until then the console is not ready.`);
    const arrival = waitForDatabase(config, signal).catch((failure: unknown) => {
      onFailure(failure);
      return false;
    });
    return { arrival };
  }
}

type ExternalConfig = Pick<Config, "directDatabaseUrl"> & { databaseUrl: string };

async function waitForDatabase(config: ExternalConfig, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    await sleep(ASK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) return false;
    try {
      await checkAndMigrate(config);
      return true;
    } catch (error) {
      if (!(error instanceof AwayError)) throw error;
    }
  }
}

/** Uses the direct address, since a pooler does not keep a migration's lock. */
async function checkAndMigrate({ databaseUrl, ...config }: ExternalConfig): Promise<void> {
  const directUrl = config.directDatabaseUrl ?? databaseUrl;
  await step("Checking the database", async () => {
    await checkDatabase("DATABASE_URL", databaseUrl);
    if (directUrl !== databaseUrl) await checkDatabase("DIRECT_DATABASE_URL", directUrl);
  });
  const setting = directUrl === databaseUrl ? "DATABASE_URL" : "DIRECT_DATABASE_URL";
  await step("Migrating the database", () =>
    migrate({ databaseUrl: directUrl }).catch((error: unknown) => {
      if (error instanceof MigrationError) throw error;
      throw toLaunchError(setting, new URL(directUrl), error);
    }),
  );
  await checkSettings("DATABASE_URL", databaseUrl);
  for (const problem of trailGuardProblems()) tell(problem);
  const { isPooled } = await checkSettings(setting, directUrl);
  if (isPooled) {
    tell(
      `${setting} leads through a connection pooler. Unless that keeps a session for each connection, flags reach the runtimes up to a second later. Set DIRECT_DATABASE_URL to the server itself.`,
    );
  }
}

/**
 * Reads the settings that apply in the application's transactions.
 * @throws LaunchError naming every setting that the console cannot work with
 */
async function checkSettings(setting: string, url: string): Promise<SessionFacts> {
  const facts = await withClient(url, checkSession).catch((error: unknown) => {
    if (!(error instanceof DatabaseSettingsError)) {
      throw toLaunchError(setting, new URL(url), error);
    }
    throw new LaunchError(`The database in ${setting} cannot be used. ${error.message}`);
  });
  if (facts.readOnlyBecause === null) return facts;
  throw new LaunchError(`The database in ${setting} cannot be used. ${facts.readOnlyBecause}`);
}

/**
 * Checks that the operator's own database can be used.
 * @param setting the setting that `url` comes from, to name it
 * @throws LaunchError in one sentence or two, without the password
 */
async function checkDatabase(setting: string, url: string): Promise<void> {
  const version = await withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>("SHOW server_version_num");
    return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  }).catch((error: unknown) => {
    throw toLaunchError(setting, new URL(url), error);
  });
  if (version >= MIN_POSTGRES) return;
  throw new LaunchError(
    `The database in ${setting} is PostgreSQL ${version}, and the console needs ${MIN_POSTGRES} or newer. Upgrade it, or point ${setting} at a newer server.`,
  );
}
