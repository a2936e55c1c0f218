import pg from "pg";
import { directAccess } from "./client.ts";
import { toConnectionOptions } from "./connection-options.ts";
import { limitQueries } from "./query-limit.ts";

/** An open transaction that reads nothing more blocks nobody. */
const NO_IDLE_TIMEOUT = "SET LOCAL idle_in_transaction_session_timeout = 0";

/**
 * Runs work that only one console at a time may do. A transaction on a connection of its own holds the
 * lock: it ends with the connection, even when the process dies, and works through a pooler.
 *
 * @returns null when another console is doing it
 */
export async function withTurn<Result>(
  name: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const { url, user } = directAccess();
  const client = new pg.Client(toConnectionOptions(url));
  client.on("error", () => {}); // the work does not depend on this connection
  limitQueries(client);
  await client.connect();
  try {
    await client.query(`${user.begin}; ${NO_IDLE_TIMEOUT}`);
    // No parameters: they would make a portal that keeps its snapshot, and that holds up vacuum.
    const key = client.escapeLiteral(`bsuid-console ${name}`);
    const { rows } = await client.query<{ is_ours: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext(${key})) AS is_ours`,
    );
    return rows[0]?.is_ours ? await work() : null;
  } finally {
    await client.query("COMMIT").catch(() => {});
    await client.end();
  }
}
