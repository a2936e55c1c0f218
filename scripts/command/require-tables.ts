import { withClient } from "#postgres/with-client.ts";
import { toLaunchError } from "../launcher/database-error.ts";
import { CommandError } from "./command-error.ts";

const UNDEFINED_TABLE = "42P01";

/**
 * Checks that the database has the console's tables.
 *
 * @throws CommandError that says why it has not
 */
export async function requireTables(setting: string, databaseUrl: string): Promise<void> {
  try {
    await withClient(databaseUrl, (client) => client.query("SELECT 1 FROM ledger WHERE FALSE"));
  } catch (error) {
    const isEmpty = (error as { code?: unknown }).code === UNDEFINED_TABLE;
    const message = isEmpty
      ? `The database in ${setting} has no tables of the console yet. Start the console once, or run npm run db:migrate.`
      : toLaunchError(setting, new URL(databaseUrl), error).message;
    throw new CommandError(`${message} Nothing was changed.`);
  }
}
