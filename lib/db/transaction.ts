import type { Actor } from "../access/actor.ts";
import { db } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { findEndedAccess, type HeldLedger, lockLedger } from "./ledger.ts";
import { withOwnQueryLimit } from "./query-limit.ts";
import { toPrismaRunner } from "./sql-runner.ts";

const USUAL_TIMEOUT_SECONDS = 20;

/** A transaction of one actor that holds the ledger. */
export type AuditedTransaction = HeldLedger & {
  readonly db: Prisma.TransactionClient;
  readonly actor: Actor;
};

/**
 * Runs an audited write: begins, locks the ledger (so that writes take turns and revisions are in
 * commit order), checks that the actor's access has not ended, runs `work`, commits. Concurrent flips
 * share a transaction instead: lib/db/shared-transaction.ts.
 *
 * @param options.timeoutSeconds for work on many rows: how long the transaction and each query may take
 * @throws AppError UNAUTHENTICATED when the actor was disabled, changed or revoked meanwhile
 */
export async function inAuditedTransaction<Result>(
  actor: Actor,
  work: (tx: AuditedTransaction) => Promise<Result>,
  { timeoutSeconds }: { timeoutSeconds?: number } = {},
): Promise<Result> {
  const timeout = (timeoutSeconds ?? USUAL_TIMEOUT_SECONDS) * 1_000;
  return await withOwnQueryLimit((limit) =>
    inTransaction(actor, { timeout }, async (client) => {
      const isLong = timeoutSeconds !== undefined;
      const tx = await holdLedger(client, { actor, isLong });
      if (timeoutSeconds) limit.milliseconds = timeout;
      return await work(tx);
    }),
  );
}

type PreparedWrite<Prepared, Result> = {
  /** The slow part, in the same transaction but before the lock: others go on writing. */
  prepare: (client: Prisma.TransactionClient) => Promise<Prepared>;
  /** The quick part, which needs the ledger. */
  work: (tx: AuditedTransaction, prepared: Prepared) => Promise<Result>;
  timeoutSeconds: number;
};

/** Runs an audited write whose slow part does not need the ledger. */
export async function inPreparedTransaction<Prepared, Result>(
  actor: Actor,
  { prepare, work, timeoutSeconds }: PreparedWrite<Prepared, Result>,
): Promise<Result> {
  const timeout = timeoutSeconds * 1_000;
  return await withOwnQueryLimit((limit) =>
    inTransaction(actor, { timeout }, async (client) => {
      const usual = limit.milliseconds;
      limit.milliseconds = timeout;
      const prepared = await prepare(client);
      limit.milliseconds = usual;
      return await work(await holdLedger(client, { actor, isLong: false }), prepared);
    }),
  );
}

/** Runs work in a transaction that also keeps the answer, if the actor's request may be sent again. */
async function inTransaction<Result>(
  { origin: { answerKeeper } }: Actor,
  { timeout }: { timeout: number },
  work: (client: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  const result = await db().$transaction(
    async (client) => {
      const result = await work(client);
      const insert = answerKeeper?.toInsert(result);
      if (insert) await client.$executeRaw(insert);
      return result;
    },
    { maxWait: 10_000, timeout },
  );
  answerKeeper?.confirm(result);
  return result;
}

async function holdLedger(
  client: Prisma.TransactionClient,
  { actor, isLong }: { actor: Actor; isLong: boolean },
): Promise<AuditedTransaction> {
  const runner = toPrismaRunner(client);
  const ledger = await lockLedger(runner, { isLong });
  const [ended] = await findEndedAccess(runner, [actor]);
  if (ended) throw ended;
  return { ...ledger, db: client, actor };
}
