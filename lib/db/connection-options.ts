import type pg from "pg";

/**
 * How the application connects. What has to hold in a session is not among it, since poolers
 * refuse or drop it: each transaction brings it along (lib/db/transaction-settings.ts).
 */
export function toConnectionOptions(connectionString: string): pg.ClientConfig {
  return {
    connectionString,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    application_name: "bsuid-console",
  };
}
