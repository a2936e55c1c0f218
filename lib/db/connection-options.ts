import type pg from "pg";

/**
 * The options of each connection. Session settings are not among them, since poolers refuse or
 * drop them: each transaction sets its own (lib/db/transaction-settings.ts).
 */
export function toConnectionOptions(connectionString: string): pg.ClientConfig {
  return {
    connectionString,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    application_name: "bsuid-console",
  };
}
