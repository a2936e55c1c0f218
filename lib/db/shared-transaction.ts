import type pg from "pg";
import type { Actor } from "../access/actor.ts";
import type { AppError } from "../errors.ts";
import { takeConnection } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { findEndedAccess, type HeldLedger, lockLedger } from "./ledger.ts";
import { withOwnQueryLimit } from "./query-limit.ts";
import { type SqlRunner, toConnectionRunner } from "./sql-runner.ts";

/**
 * A plan for an array of this length always looks cheaper than one for any, so PostgreSQL would
 * plan anew each time, which takes longer than running. Kept plans must not scan a table that
 * was small when they were made: all that is read here is read by its key.
 */
const BEGIN =
  "BEGIN; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off";

type Shared<Found, Result> = {
  /** Those who act in it. */
  actors: readonly Actor[];
  /** What to read under the lock; its statements are sent with the lock's. */
  read: (runner: SqlRunner) => Promise<Found>;
  /**
   * Decides what to write. Synchronous, so that nobody waits at the ledger for anything else.
   *
   * @param ended for each actor, in order, null or why nothing of theirs may be done any more
   */
  decide: (
    ledger: HeldLedger,
    found: Found,
    ended: readonly (AppError | null)[],
  ) => { result: Result; writes: readonly Prisma.Sql[] };
  /** For many rows: what each statement may take once the ledger is held. */
  timeoutSeconds?: number | undefined;
};

/**
 * Runs an audited write of several actors in two round trips: one begins, locks the ledger and
 * reads, the other writes and commits. Of statements sent together, one that fails fails those
 * after it, and PostgreSQL takes the COMMIT of a failed transaction for a ROLLBACK.
 */
export async function inSharedTransaction<Found, Result>({
  actors,
  read,
  decide,
  timeoutSeconds,
}: Shared<Found, Result>): Promise<Result> {
  return await withOwnQueryLimit(async (limit) => {
    const connection = await takeConnection();
    try {
      const runner = toConnectionRunner(connection);
      const [, ledger, ended, found] = await sendTogether(connection, () => [
        connection.query(BEGIN),
        lockLedger(runner, { isLong: Boolean(timeoutSeconds) }),
        findEndedAccess(runner, actors),
        read(runner),
      ]);
      if (timeoutSeconds) limit.milliseconds = timeoutSeconds * 1_000;
      const { result, writes } = decide(ledger, found, ended);
      await sendTogether(connection, () => [
        ...writes.map(runner.query),
        connection.query("COMMIT"),
      ]);
      connection.release();
      return result;
    } catch (error) {
      await giveBack(connection);
      throw error;
    }
  });
}

/** Statements in one packet, where each would be one: `send` gives them without waiting. */
async function sendTogether<Answers extends unknown[]>(
  { connection: { stream } }: pg.PoolClient,
  send: () => [...{ [Place in keyof Answers]: Promise<Answers[Place]> }],
): Promise<Answers> {
  stream.cork();
  const answers = Promise.all(send());
  stream.uncork();
  return (await answers) as Answers;
}

/** After a failure: fit for others once the transaction is over, else closed. */
async function giveBack(connection: pg.PoolClient): Promise<void> {
  await connection.query("ROLLBACK").then(
    () => connection.release(),
    () => connection.release(true),
  );
}
