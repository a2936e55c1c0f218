/** The role that migrations make and every transaction of the application takes: it cannot rewrite the trail. */
const APPLICATION_ROLE = "bsuid_console_app";

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
  // All rows that an index has: above zero it gives some of them, as it likes.
  gin_fuzzy_search_limit: "0",
  // Temporary tables last, so that none takes the place of a table.
  search_path: "public, pg_temp",
} as const;

/** How long a statement waits for what somebody else holds. */
const LOCK_WAIT_MS = 3_000;
/** With the wait for a connection before it: less than the five seconds in which everybody gets an answer. */
const MOST_WAIT_MS = 4_000;
const LEAST_LOCK_WAIT_MS = 500;

/** Times in milliseconds. */
const LIMITS = {
  lock_timeout: String(LOCK_WAIT_MS),
  // Both free the ledger when a console dies with a transaction open.
  client_connection_check_interval: "1000",
  idle_in_transaction_session_timeout: "10000",
} as const;

/**
 * Begins a transaction of the application. Nothing is left to the session: a pooler in
 * transaction mode gives each transaction another one, set up by whoever had it before.
 */
export const BEGIN = toBegin({ role: APPLICATION_ROLE, ...MEANING, ...LIMITS });

/** Whom a program is to the database: what begins its transactions, and the role that then holds. */
export type DatabaseUser = {
  begin: string;
  /** Null: whoever signed in. */
  role: string | null;
};

export const AS_APPLICATION: DatabaseUser = { begin: BEGIN, role: APPLICATION_ROLE };
/** For what only the owner of the database may do; never for the server. */
export const AS_OWNER: DatabaseUser = { begin: toBegin({ ...MEANING, ...LIMITS }), role: null };

/**
 * What begins a transaction, for whoever has waited for its connection already: then it waits the less for
 * what somebody holds.
 *
 * @param begin BEGIN, with whatever follows it
 */
export function afterWaiting(begin: string, waitedMs: number): string {
  const left = Math.max(LEAST_LOCK_WAIT_MS, Math.round(MOST_WAIT_MS - waitedMs));
  return left >= LOCK_WAIT_MS ? begin : `${begin}; SET LOCAL lock_timeout = ${left}`;
}

/** Begins a transaction of the role that owns the schema. */
export const BEGIN_AS_OWNER = toBegin(MEANING);

/** In one text, which is one packet: a statement sent behind it is refused if any of it fails. */
function toBegin(settings: Readonly<Record<string, string>>): string {
  const set = Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${value}`);
  return ["BEGIN ISOLATION LEVEL READ COMMITTED", ...set].join("; ");
}
