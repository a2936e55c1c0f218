import type pg from "pg";

/** The role that migrations make and every application connection takes: it cannot rewrite the trail. */
const APPLICATION_ROLE = "bsuid_console_app";

/** What holds for every connection, beyond the server's defaults. Times in milliseconds. */
const SESSION = {
  role: APPLICATION_ROLE,
  lock_timeout: 3_000,
  // Both free the ledger when a console dies with a transaction open.
  client_connection_check_interval: 1_000,
  idle_in_transaction_session_timeout: 10_000,
} as const;

/** How the application connects: as its own role, whoever the address signs in as. */
export function toConnectionOptions(connectionString: string): pg.ClientConfig {
  return {
    connectionString,
    options: Object.entries(SESSION)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    application_name: "bsuid-console",
  };
}
