import { takeConnection } from "./client.ts";
import { isUnavailable } from "./is-unavailable.ts";
import { BEGIN } from "./transaction-settings.ts";

/** With the time that a connection may take, less than the five seconds in which everybody gets an answer. */
const MOST_WAIT_MS = 1_500;
const KNOWN_FOR_MS = 200;

/** What pages read. No row is looked at, and only whoever changes the table itself stands in the way. */
const LOCK =
  "LOCK TABLE person, session, token, account, number, audit_event, ledger IN ACCESS SHARE MODE";

let answer: Promise<boolean> | null = null;

/**
 * Whether the tables that pages read can be read: a migration may hold one for as long as it likes. Asked
 * at most five times a second, and waits for 1.5 s at most once it has a connection. Never rejects: what
 * else is wrong with a table, the page that needs it fails on, and says so.
 */
export async function areTablesFree(): Promise<boolean> {
  answer ??= ask().finally(() => setTimeout(forget, KNOWN_FOR_MS).unref());
  return await answer;
}

function forget(): void {
  answer = null;
}

async function ask(): Promise<boolean> {
  try {
    const { client } = await takeConnection();
    try {
      await client.query(BEGIN);
      await client.query(`SET LOCAL lock_timeout = ${MOST_WAIT_MS}; ${LOCK}`);
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
