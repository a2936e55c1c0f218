import { takeConnection } from "./client.ts";
import { isUnavailable } from "./is-unavailable.ts";
import { BEGIN } from "./transaction-settings.ts";

/** Together with the wait for a connection, less than the five seconds in which every request is answered. */
const MAX_WAIT_MS = 1_500;
const CACHED_FOR_MS = 200;

/** The tables that pages read. */
export const PAGES_TABLES = [
  "person",
  "session",
  "token",
  "account",
  "account_stand_in",
  "number",
  "audit_event",
  "ledger",
  "change_request",
  "change_request_item",
  "schedule",
  "schedule_item",
  "forced_change",
  "selection",
  "selection_item",
  "notice",
  "muted_notice",
  "webhook_endpoint",
  "webhook_delivery",
] as const;

/** Reads no row, and waits only for a change of a table itself. */
const LOCK = `LOCK TABLE ${PAGES_TABLES.join(", ")} IN ACCESS SHARE MODE`;

let answer: Promise<boolean> | null = null;

/**
 * Whether the tables that pages read are free: a migration may lock one for any time. Asks the database at
 * most five times a second, and waits at most 1.5 s once it has a connection. Never rejects: any other
 * problem with a table is reported by the page that needs it.
 */
export async function areTablesFree(): Promise<boolean> {
  answer ??= tryToLock().finally(() => setTimeout(forget, CACHED_FOR_MS).unref());
  return await answer;
}

function forget(): void {
  answer = null;
}

async function tryToLock(): Promise<boolean> {
  try {
    const { client } = await takeConnection();
    try {
      await client.query(BEGIN);
      await client.query(`SET LOCAL lock_timeout = ${MAX_WAIT_MS}; ${LOCK}`);
      return true;
    } finally {
      await client.query("ROLLBACK").then(
        () => client.release(),
        () => client.release(true),
      );
    }
  } catch (error) {
    return !isUnavailable(error);
  }
}
