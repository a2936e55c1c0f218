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
 * Reuses plans: PostgreSQL finds a plan for one array's length cheaper than a generic one and would plan each
 * time, which takes longer than running. Without seqscan, because a plan made while a table is small would
 * go on scanning it; everything here is read by key.
 */
const BEGIN_WITH_KEPT_PLANS = `${BEGIN}; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off`;

type Shared<Rows, Result> = {
  /** The actors of the transaction. */
  actors: readonly Actor[];
  /** Reads what `decide` needs, under the lock; its statements are sent together with the locking one. */
  read: (runner: SqlRunner) => Promise<Rows>;
  /**
   * Decides what to write. Synchronous, so that the ledger is not held longer than necessary.
   *
   * @param ended for each actor, in order, null or why they may not act any more
   */
  decide: (
    ledger: HeldLedger,
    rows: Rows,
    ended: readonly (AppError | null)[],
  ) => { result: Result; writes: readonly Prisma.Sql[] };
  /** For many rows: how long each statement may take once the ledger is held. */
  timeoutSeconds?: number | undefined;
};

/**
 * Runs an audited write of several actors in two round trips: the first begins, locks the ledger and
 * reads, the second writes and commits.
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

/** Rolls back after a failure, and returns the connection to the pool; closes it if that fails. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  await client.query("ROLLBACK").then(
    () => client.release(),
    () => client.release(true),
  );
}
