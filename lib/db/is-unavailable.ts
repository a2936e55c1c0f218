import { toAdapterCause } from "./sql-state.ts";

/**
 * Prisma's codes for: no way in (P1000 to P1003, P1008, P1017), no free connection (P2024,
 * P2037), a transaction that could not start or ran out of time (P2028), a lost race (P2034).
 */
const PRISMA_CODES = new Set(
  "P1000 P1001 P1002 P1003 P1008 P1017 P2024 P2028 P2034 P2037".split(" "),
);

/**
 * PostgreSQL's (appendix A of its manual): connection lost (08), out of resources (53), rolled
 * back to resolve a conflict (40), lock timeout (55P03), cancelled or shutting down (57), too long
 * in a transaction, idle or not (25P03, 25P04), a database that takes no writes (25006), or a session
 * that a pooler exchanged (26000, 42P05: its named statements). PgBouncer says 08P01 of itself.
 */
const SQLSTATE = /^(?:08...|53...|40...|55P03|57...|25P0[34]|25006|26000|42P05)$/;

/** pg and its pool throw plain errors without a code for these. */
const PG_MESSAGE =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;
const SOCKET_CODES = new Set(
  "ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN".split(" "),
);

/** Whether an error says that the database is out of reach, busy or set wrongly: trying again later may help. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // By name: Next bundles its own copy of lib/.
  if (error.name === "DatabaseSettingsError" || PG_MESSAGE.test(error.message)) return true;
  const code = "code" in error ? String(error.code) : "";
  if (PRISMA_CODES.has(code) || SOCKET_CODES.has(code) || SQLSTATE.test(code)) return true;
  const { kind, originalCode = "" } = toAdapterCause(error);
  return kind === "DatabaseNotReachable" || SQLSTATE.test(originalCode);
}
