import type pg from "pg";
import type { Actor } from "../access/actor.ts";
import type { AppError } from "../errors.ts";
import { takeConnection } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { findEndedAccess, type HeldLedger, lockLedger } from "./ledger.ts";
import { withOwnQueryLimit } from "./query-limit.ts";
import { sendTogether } from "./send-together.ts";
import { type SqlRunner, toConnectionRunner } from "./sql-runner.ts";
import { BEGIN } from "./transaction-settings.ts";

/**
 * A plan for an array of this length always looks cheaper than one for any, so PostgreSQL would
 * plan anew each time, which takes longer than running. Kept plans must not scan a table that
 * was small when they were made: all that is read here is read by its key.
 */
const BEGIN_WITH_KEPT_PLANS = `${BEGIN}; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off`;

type Shared<Rows, Result> = {
  /** Those who act in it. */
  actors: readonly Actor[];
  /** What to read under the lock; its statements are sent with the lock's. */
  read: (runner: SqlRunner) => Promise<Rows>;
  /**
   * Decides what to write. Synchronous, so that nobody waits at the ledger for anything else.
   *
   * @param ended for each actor, in order, null or why nothing of theirs may be done any more
   */
  decide: (
    ledger: HeldLedger,
    rows: Rows,
    ended: readonly (AppError | null)[],
  ) => { result: Result; writes: readonly Prisma.Sql[] };
  /** For many rows: what each statement may take once the ledger is held. */
  timeoutSeconds?: number | undefined;
};

/**
 * Runs an audited write of several actors in two round trips: one begins, locks the ledger and
 * reads, the other writes and commits.
 */
export async function inSharedTransaction<Rows, Result>({
  actors,
  read,
  decide,
  timeoutSeconds,
}: Shared<Rows, Result>): Promise<Result> {
  return await withOwnQueryLimit(async (limit) => {
    const { client, isPooled } = await takeConnection();
    try {
      const runner = toConnectionRunner(client, { isPooled });
      const [, ledger, ended, rows] = await Promise.all(
        sendTogether(client, () => [
          client.query(BEGIN_WITH_KEPT_PLANS),
          lockLedger(runner, { isLong: Boolean(timeoutSeconds) }),
          findEndedAccess(runner, actors),
          read(runner),
        ]),
      );
      if (timeoutSeconds) limit.milliseconds = timeoutSeconds * 1_000;
      const { result, writes } = decide(ledger, rows, ended);
      await Promise.all(
        sendTogether(client, () => [...writes.map(runner.query), client.query("COMMIT")]),
      );
      client.release();
      return result;
    } catch (error) {
      await giveBack(client);
      throw error;
    }
  });
}

/** After a failure: fit for others once the transaction is over, else closed. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  await client.query("ROLLBACK").then(
    () => client.release(),
    () => client.release(true),
  );
}
