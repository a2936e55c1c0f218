import type { Actor } from "../access/actor.ts";
import { AppError } from "../errors.ts";
import { db } from "./client.ts";
import type { Prisma } from "./generated/client.ts";
import { withOwnQueryLimit } from "./query-limit.ts";

const USUAL_TIMEOUT_SECONDS = 20;

declare const audited: unique symbol;

/** The head of the trail: the last entry and its hash, the last flag revision and its event's hash. */
type LedgerHead = { seq: number; hash: string; revision: number; revisionHash: string };

/**
 * A transaction that holds the ledger. Minted here only: the audit writer takes nothing else,
 * so that nothing is recorded outside the transaction that does it.
 */
export type AuditedTransaction = {
  readonly [audited]: true;
  readonly db: Prisma.TransactionClient;
  readonly actor: Actor;
  /** The database's clock when the ledger was locked. */
  readonly now: Date;
  /** Moves as events are appended. */
  head: LedgerHead;
};

/**
 * Runs an audited write: begins, locks the ledger (so that writes take turns and revision
 * order is commit order), sees that the actor still stands, runs `work`, commits.
 *
 * @param options.timeoutSeconds for work on many rows: what all of it may take, and any query of it
 * @throws AppError UNAUTHENTICATED when the actor was disabled, changed or revoked meanwhile
 */
export async function inAuditedTransaction<Result>(
  actor: Actor,
  work: (tx: AuditedTransaction) => Promise<Result>,
  { timeoutSeconds }: { timeoutSeconds?: number } = {},
): Promise<Result> {
  const timeout = (timeoutSeconds ?? USUAL_TIMEOUT_SECONDS) * 1_000;
  return await withOwnQueryLimit((limit) =>
    db().$transaction(
      async (client) => {
        const { head, now } = await lockLedger(client);
        await requireStanding(client, actor);
        if (timeoutSeconds) limit.milliseconds = timeout;
        return await work(mint({ db: client, actor, now, head }));
      },
      { maxWait: 10_000, timeout },
    ),
  );
}

/** The brand exists in types only; this is the one place that gives it. */
function mint(transaction: Omit<AuditedTransaction, typeof audited>): AuditedTransaction {
  return transaction as AuditedTransaction;
}

type LockedLedger = {
  seq: bigint;
  head_hash: string;
  revision: bigint;
  revision_hash: string;
  now: Date;
};

async function lockLedger(
  client: Prisma.TransactionClient,
): Promise<{ head: LedgerHead; now: Date }> {
  const [row] = await client.$queryRaw<LockedLedger[]>`
    SELECT seq, head_hash, revision, revision_hash, clock_timestamp() AS now
    FROM ledger WHERE id = 1 FOR UPDATE`;
  if (!row) throw new Error("The ledger has no row: the database is not migrated.");
  const head = {
    seq: Number(row.seq),
    hash: row.head_hash,
    revision: Number(row.revision),
    revisionHash: row.revision_hash,
  };
  return { head, now: row.now };
}

/**
 * Permissions were checked before; here, under the lock, that nothing took them away since. A
 * statement of its own: that of the lock sees the tables as they were before it waited.
 */
async function requireStanding(client: Prisma.TransactionClient, actor: Actor): Promise<void> {
  if (actor.type === "system") return;
  const tokenId = actor.type === "service" ? actor.id : actor.tokenId;
  const person = actor.type === "person" ? actor : null;
  const { id = null, role = null, sessionVersion = null, sessionId = null } = person ?? {};
  const [standing] = await client.$queryRaw<{ hasToken: boolean; isSamePerson: boolean }[]>`
    SELECT ${tokenId}::uuid IS NULL OR EXISTS (
             SELECT FROM token WHERE id = ${tokenId}::uuid
               AND revoked_at IS NULL AND expires_at > ${new Date()}) AS "hasToken",
           ${id}::uuid IS NULL OR EXISTS (
             SELECT FROM person WHERE id = ${id}::uuid AND role = ${role}::role
               AND session_version = ${sessionVersion}::int
               AND disabled_at IS NULL
               AND (${sessionId}::uuid IS NULL OR EXISTS (
                 SELECT FROM session WHERE id = ${sessionId}::uuid AND ended_at IS NULL)))
             AS "isSamePerson"`;
  if (!standing?.hasToken) throw endedMeanwhile("This token was revoked or has expired.");
  if (!standing.isSamePerson)
    throw endedMeanwhile("Your access was changed or ended a moment ago.");
}

function endedMeanwhile(why: string): AppError {
  return new AppError(
    "UNAUTHENTICATED",
    `${why} Nothing was changed. Sign in again or ask an admin.`,
  );
}
