import { EnvironmentError } from "#environment/read-environment.ts";
import { readMigrationUrl } from "#lib/config.ts";
import { MigrationError, migrate } from "#lib/db/migrate.ts";

/** `npm run db:migrate`: applies the pending migrations to the database in DATABASE_URL. */
async function main(): Promise<void> {
  const databaseUrl = readMigrationUrl(process.env);
  const { applied } = await migrate({ databaseUrl });
  console.log(applied.length === 0 ? "Nothing to migrate." : `Applied: ${applied.join(", ")}`);
}

try {
  await main();
} catch (error) {
  const isPlain = error instanceof EnvironmentError || error instanceof MigrationError;
  console.error(isPlain ? error.message : error);
  process.exitCode = 1;
}
