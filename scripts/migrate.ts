import { EnvironmentError } from "#environment/read-environment.ts";
import { readMigrationUrl } from "#lib/config.ts";
import { migrate } from "#lib/db/migrate.ts";
import { MigrationError } from "#lib/db/migration-error.ts";
import { toLaunchError } from "./launcher/database-error.ts";
import { LaunchError } from "./launcher/launch-error.ts";

/** `npm run db:migrate`: applies the pending migrations to the database in DATABASE_URL. */
async function main(): Promise<void> {
  const databaseUrl = readMigrationUrl(process.env);
  const { applied } = await migrate({ databaseUrl }).catch((error: unknown) => {
    if (error instanceof MigrationError) throw error;
    const setting = process.env.DIRECT_DATABASE_URL?.trim()
      ? "DIRECT_DATABASE_URL"
      : "DATABASE_URL";
    throw toLaunchError(setting, new URL(databaseUrl), error);
  });
  console.log(applied.length === 0 ? "Nothing to migrate." : `Applied: ${applied.join(", ")}`);
}

try {
  await main();
} catch (error) {
  const isExpected = [EnvironmentError, MigrationError, LaunchError].some(
    (expected) => error instanceof expected,
  );
  console.error(isExpected ? (error as Error).message : error);
  process.exitCode = 1;
}
