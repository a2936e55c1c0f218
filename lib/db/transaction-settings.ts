/** The role of every transaction of the application; a migration creates it. It cannot rewrite the trail. */
const APPLICATION_ROLE = "bsuid_console_app";

/** Fixes how SQL, times and arrays are read and written; the defaults may differ by database, role and server. */
const FORMATS = {
  TimeZone: "'UTC'",
  DateStyle: "'ISO, MDY'",
  IntervalStyle: "'postgres'",
  client_encoding: "'UTF8'",
  standard_conforming_strings: "on",
  array_nulls: "on",
  bytea_output: "'hex'",
  // Floats, such as milliseconds since 1970, with all digits.
  extra_float_digits: "1",
  // Return all rows from a GIN index: above zero it returns a random subset.
  gin_fuzzy_search_limit: "0",
  // Temporary tables last, so that none hides a real one.
  search_path: "public, pg_temp",
} as const;

/** How long a statement waits for a lock. */
const LOCK_WAIT_MS = 3_000;
/** For a connection and a lock together: less than the five seconds in which every request is answered. */
const MAX_WAIT_MS = 4_000;
const MIN_LOCK_WAIT_MS = 500;

/** Times in milliseconds. */
const LIMITS = {
  lock_timeout: String(LOCK_WAIT_MS),
  // Both free the ledger when a console dies in a transaction.
  client_connection_check_interval: "1000",
  idle_in_transaction_session_timeout: "10000",
} as const;

/**
 * Begins a transaction of the application. It relies on no session setting: a pooler in transaction
 * mode gives each transaction another session, with the settings that others left.
 */
export const BEGIN = toBegin({ role: APPLICATION_ROLE, ...FORMATS, ...LIMITS });

/** The statement that begins a program's transactions, and the role that they run as. */
export type DatabaseUser = {
  begin: string;
  /** Null: the role of the login. */
  role: string | null;
};

export const AS_APPLICATION: DatabaseUser = { begin: BEGIN, role: APPLICATION_ROLE };
/** For commands that only the owner of the database may run; never for the server. */
export const AS_OWNER: DatabaseUser = { begin: toBegin({ ...FORMATS, ...LIMITS }), role: null };

/**
 * Shortens the wait for locks by the time already spent waiting for a connection.
 *
 * @param begin the BEGIN statement with its settings
 */
export function afterWaiting(begin: string, waitedMs: number): string {
  const left = Math.max(MIN_LOCK_WAIT_MS, Math.round(MAX_WAIT_MS - waitedMs));
  return left >= LOCK_WAIT_MS ? begin : `${begin}; SET LOCAL lock_timeout = ${left}`;
}

/** Begins a transaction of the role that owns the schema. */
export const BEGIN_AS_OWNER = toBegin(FORMATS);

/** One text, and so one packet: if any part fails, PostgreSQL refuses the statements sent after it. */
function toBegin(settings: Readonly<Record<string, string>>): string {
  const set = Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${value}`);
  return ["BEGIN ISOLATION LEVEL READ COMMITTED", ...set].join("; ");
}
