import { afterAll, beforeAll } from "vitest";
import { closeDatabase } from "#lib/db/client.ts";
import { stopFlagFeed } from "#lib/flags/flag-feed.ts";
import { APP_LOGIN } from "#postgres/app-login.ts";
import type { Postgres } from "#postgres/embedded-postgres.ts";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { createTemplate, toDatabaseUrl } from "./database.ts";

const NAME = "console";

/**
 * Gives the test file a PostgreSQL server of its own, which may be killed: it restarts after
 * `restartAfterMs` with everything that was committed. The test's lib/ uses it, too.
 */
export function useOwnCluster({ restartAfterMs }: { restartAfterMs: number }) {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startTemporaryPostgres({ durable: true, restartAfterMs });
    await createTemplate(postgres.superuserUrl("postgres"), NAME);
    process.env.DATABASE_URL = urlOf(APP_LOGIN);
    process.env.NEXTAUTH_URL = "http://127.0.0.1:3000";
    process.env.NEXTAUTH_SECRET = "a secret of the tests, which is long enough";
  });
  afterAll(async () => {
    await stopFlagFeed();
    await closeDatabase();
    await postgres.stop();
  });
  const urlOf = (user?: string) => toDatabaseUrl(postgres.superuserUrl("postgres"), NAME, user);
  return {
    ownerUrl: () => urlOf(),
    /** The address of the database `postgres`, for commands about the console's database itself. */
    clusterUrl: () => postgres.superuserUrl("postgres"),
    appUrl: () => urlOf(APP_LOGIN),
    /** SIGKILL, as the kernel does when memory runs out. */
    killServer: () => {
      const pid = postgres.pid();
      if (pid !== undefined) process.kill(pid, "SIGKILL");
    },
  };
}
