import { toAdapterCause } from "./sql-state.ts";

/**
 * Prisma's codes for: cannot connect (P1000 to P1003, P1008, P1017), no free connection (P2024,
 * P2037), a transaction that could not start or timed out (P2028), a write conflict (P2034).
 */
const PRISMA_CODES = new Set(
  "P1000 P1001 P1002 P1003 P1008 P1017 P2024 P2028 P2034 P2037".split(" "),
);

/**
 * PostgreSQL's codes (appendix A of its manual) for: connection lost (08), out of resources (53), rolled
 * back by a conflict (40), lock timeout (55P03), cancelled or shutting down (57), transaction timeouts
 * (25P03, 25P04), read-only (25006), a pooler's change of session (26000, 42P05). 08P01: PgBouncer itself.
 */
const SQLSTATE = /^(?:08...|53...|40...|55P03|57...|25P0[34]|25006|26000|42P05)$/;

/** pg and its pool throw plain errors without a code for these. */
const PG_MESSAGE =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;
const SOCKET_CODES = new Set(
  "ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN".split(" "),
);

/** Whether an error means that the database is unreachable, busy or misconfigured, so that a later try may work. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // By name: Next bundles its own copy of lib/.
  if (error.name === "DatabaseSettingsError" || PG_MESSAGE.test(error.message)) return true;
  const code = "code" in error ? String(error.code) : "";
  if (PRISMA_CODES.has(code) || SOCKET_CODES.has(code) || SQLSTATE.test(code)) return true;
  const { kind, originalCode = "" } = toAdapterCause(error);
  return kind === "DatabaseNotReachable" || SQLSTATE.test(originalCode);
}
