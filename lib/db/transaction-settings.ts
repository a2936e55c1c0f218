/** The role that migrations make and every transaction of the application takes: it cannot rewrite the trail. */
export const APPLICATION_ROLE = "bsuid_console_app";

/** What texts of SQL, of times and of arrays mean; each of these may differ by database, role and server. */
const MEANING = {
  TimeZone: "'UTC'",
  DateStyle: "'ISO, MDY'",
  IntervalStyle: "'postgres'",
  client_encoding: "'UTF8'",
  standard_conforming_strings: "on",
  array_nulls: "on",
  bytea_output: "'hex'",
  // Floats, such as milliseconds since 1970, with all of their digits.
  extra_float_digits: "1",
  // Temporary tables last, so that none takes the place of a table.
  search_path: "public, pg_temp",
} as const;

/** Times in milliseconds. */
const LIMITS = {
  lock_timeout: "3000",
  // Both free the ledger when a console dies with a transaction open.
  client_connection_check_interval: "1000",
  idle_in_transaction_session_timeout: "10000",
} as const;

/**
 * Begins a transaction of the application. Nothing is left to the session: a pooler in
 * transaction mode gives each transaction another one, set up by whoever had it before.
 */
export const BEGIN = toBegin({ role: APPLICATION_ROLE, ...MEANING, ...LIMITS });

/** Begins a transaction of the role that owns the schema. */
export const BEGIN_AS_OWNER = toBegin(MEANING);

/** In one text, which is one packet: a statement sent behind it is refused if any of it fails. */
function toBegin(settings: Readonly<Record<string, string>>): string {
  const set = Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${value}`);
  return ["BEGIN ISOLATION LEVEL READ COMMITTED", ...set].join("; ");
}
