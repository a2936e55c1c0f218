import type pg from "pg";
import { sendTogether } from "./send-together.ts";
import { AS_APPLICATION, type DatabaseUser } from "./transaction-settings.ts";

/**
 * Runs one statement in a transaction with the console's settings, in one round trip. Settles when the
 * transaction has ended, so that the connection can be used again unless it broke.
 */
export async function inOwnTransaction<Row extends pg.QueryResultRow>(
  client: pg.Client,
  statement: pg.QueryConfig,
  { begin }: Pick<DatabaseUser, "begin"> = AS_APPLICATION,
): Promise<pg.QueryResult<Row>> {
  const [begun, answered, ended] = await Promise.allSettled(
    sendTogether(client, () => [
      client.query(begin),
      client.query<Row>(statement),
      client.query("COMMIT"),
    ]),
  );
  if (begun.status === "rejected") throw begun.reason;
  if (answered.status === "rejected") throw answered.reason;
  if (ended.status === "rejected") throw ended.reason;
  return answered.value;
}
