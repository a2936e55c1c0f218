import type { Config } from "#lib/config.ts";
import { MigrationError, migrate } from "#lib/db/migrate.ts";
import { withClient } from "../postgres/with-client.ts";
import { LaunchError } from "./launch-error.ts";
import { step } from "./progress.ts";

const OLDEST = 15;

/** Checks and migrates the operator's own database. A pooler does not carry a migration's lock, hence the direct one. */
export async function openExternalDatabase(
  config: Config & { databaseUrl: string },
): Promise<void> {
  const { databaseUrl } = config;
  const directUrl = config.directDatabaseUrl ?? databaseUrl;
  await step("Checking the database", async () => {
    await checkDatabase("DATABASE_URL", databaseUrl);
    if (directUrl !== databaseUrl) await checkDatabase("DIRECT_DATABASE_URL", directUrl);
  });
  const setting = directUrl === databaseUrl ? "DATABASE_URL" : "DIRECT_DATABASE_URL";
  await step("Migrating the database", () =>
    migrate({ databaseUrl: directUrl }).catch((error: unknown) => {
      if (error instanceof MigrationError) throw error;
      throw new LaunchError(explain(setting, new URL(directUrl), error));
    }),
  );
}

/**
 * Proves that the operator's own database can be used.
 * @param setting the setting that `url` comes from, to name it
 * @throws LaunchError in one sentence or two, without the password
 */
async function checkDatabase(setting: string, url: string): Promise<void> {
  const version = await withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>("SHOW server_version_num");
    return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  }).catch((error: unknown) => {
    throw new LaunchError(explain(setting, new URL(url), error));
  });
  if (version >= OLDEST) return;
  throw new LaunchError(
    `The database in ${setting} is PostgreSQL ${version}, and the console needs ${OLDEST} or newer. Upgrade it, or point ${setting} at a newer server.`,
  );
}

function explain(setting: string, url: URL, error: unknown): string {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  const server = `${url.hostname || "localhost"}:${url.port || "5432"}`;
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1));
  const explanations: Record<string, string> = {
    ENOTFOUND: `The host ${url.hostname} in ${setting} is not known. Correct its name, or check this machine's DNS.`,
    EAI_AGAIN: `The host ${url.hostname} in ${setting} cannot be looked up. Correct its name, or check this machine's DNS.`,
    ECONNREFUSED: `Nothing answers at ${server}, where ${setting} points. Start the database there, or correct host and port.`,
    EHOSTUNREACH: `${server}, where ${setting} points, cannot be reached from here. Check the network, or correct host and port.`,
    "28P01": `The database at ${server} refuses the password of user ${user} in ${setting}. Correct user and password; special characters must be percent-encoded.`,
    "28000": `The database at ${server} does not let user ${user} in: ${message}. Correct ${setting}, or the server's pg_hba.conf.`,
    "3D000": `There is no database ${database} at ${server}. Create it, or correct the name at the end of ${setting}.`,
    "53300": `The database at ${server} has no free connection. Raise its max_connections, or stop what uses them.`,
    "42501": `User ${user} in ${setting} lacks a right in database ${database}: ${message}. Use the role that owns the schema, or one that is a member of bsuid_console_app.`,
    "57P03": `The database at ${server} is not ready yet: ${message}. Try again in a moment.`,
  };
  if (/timeout/i.test(message)) {
    return `The database at ${server}, where ${setting} points, does not answer within 10 s. Check host, port and firewall.`;
  }
  return (
    explanations[code] ??
    `The database in ${setting} cannot be used: ${message}. Correct ${setting}.`
  );
}
