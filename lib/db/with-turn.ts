import pg from "pg";
import { directAccess } from "./client.ts";
import { toConnectionOptions } from "./connection-options.ts";
import { limitQueries } from "./query-limit.ts";

/** A transaction that reads nothing more holds up nobody, however long it is open. */
const FOR_LONG = "SET LOCAL idle_in_transaction_session_timeout = 0";

/**
 * Does work that only one console at a time may do, on a connection of its own whose transaction
 * holds the turn: it ends with the connection, also when the process dies, and a pooler leaves it alone.
 *
 * @returns null when another console is at it
 */
export async function withTurn<Result>(
  name: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const { url, user } = directAccess();
  const client = new pg.Client(toConnectionOptions(url));
  client.on("error", () => {}); // the work finds out by itself
  limitQueries(client);
  await client.connect();
  try {
    await client.query(`${user.begin}; ${FOR_LONG}`);
    // Without parameters: the portal of a statement with some would keep its snapshot, which holds up vacuum.
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
