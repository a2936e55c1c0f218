import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { migrate } from "#lib/db/migrate.ts";
import { APP_LOGIN, ensureAppLogin } from "#postgres/app-login.ts";
import { withClient } from "#postgres/with-client.ts";
import { serverSettings } from "./server-settings.ts";

export type TestDatabase = {
  /** The superuser's: everything is allowed. */
  ownerUrl: string;
  /** The console's own login role, with the rights it has in production. */
  appUrl: string;
  /** How many deadlocks PostgreSQL broke so far, in sessions that have ended: each counts its own at its end. */
  countDeadlocks: () => Promise<number>;
  drop: () => Promise<void>;
};

const OBJECT_IN_USE = "55006";

/**
 * Creates a migrated, empty database. Make one for each test file and drop it at the end.
 * Needs the cluster that vitest's global set-up, or `npm test`, started.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { TEST_DATABASE_URL: clusterUrl, TEST_TEMPLATE: template } = process.env;
  if (!clusterUrl || !template) {
    throw new Error("No test cluster: run the tests with npm test or npx vitest.");
  }
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withClient(clusterUrl, async (client) => {
    await retryWhileInUse(() =>
      client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`),
    );
    // The migrations do this, too, but a copy does not inherit the rights of the database itself.
    await client.query(`REVOKE TEMPORARY, CREATE ON DATABASE ${name} FROM PUBLIC`);
    for (const [setting, value] of Object.entries(serverSettings())) {
      await client.query(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
    }
  });
  return {
    ownerUrl: toDatabaseUrl(clusterUrl, name),
    appUrl: toDatabaseUrl(clusterUrl, name, APP_LOGIN),
    countDeadlocks: () => withClient(clusterUrl, (client) => countDeadlocks(client, name)),
    drop: () =>
      withClient(clusterUrl, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** Creates the template that every test database is a copy of, and the console's login role. */
export async function createTemplate(clusterUrl: string, template: string): Promise<void> {
  await withClient(clusterUrl, (client) => client.query(`CREATE DATABASE ${template}`));
  await migrate({ databaseUrl: toDatabaseUrl(clusterUrl, template) });
  const { password } = new URL(clusterUrl);
  await withClient(clusterUrl, (client) => ensureAppLogin(client, decodeURIComponent(password)));
}

/** The address of another database of the same cluster, as the superuser or as `user`. */
export function toDatabaseUrl(clusterUrl: string, name: string, user?: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  // The test cluster has one password for both roles.
  if (user) url.username = user;
  return url.href;
}

async function countDeadlocks(client: pg.Client, name: string): Promise<number> {
  const { rows } = await client.query<{ deadlocks: string }>(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = $1",
    [name],
  );
  return Number(rows[0]?.deadlocks);
}

async function retryWhileInUse(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== OBJECT_IN_USE || attempt === 50) throw error;
      await sleep(100);
    }
  }
}
