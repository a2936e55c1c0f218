import pg from "pg";
import { getConfig } from "../config.ts";
import { toConnectionOptions } from "./connection-options.ts";

/**
 * Does work that only one console at a time may do, on a connection of its own that holds the
 * turn: it ends with the connection, also when the process dies.
 *
 * @returns null when another console is at it
 */
export async function withTurn<Result>(
  name: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  // A pooler in transaction mode would not keep the turn.
  const client = new pg.Client(toConnectionOptions(getConfig().directDatabaseUrl));
  client.on("error", () => {}); // the work finds out by itself
  await client.connect();
  try {
    const { rows } = await client.query<{ is_ours: boolean }>(
      "SELECT pg_try_advisory_lock(hashtext($1)) AS is_ours",
      [`bsuid-console ${name}`],
    );
    return rows[0]?.is_ours ? await work() : null;
  } finally {
    await client.end();
  }
}
