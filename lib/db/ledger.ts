import type { Actor } from "../access/actor.ts";
import { AppError } from "../errors.ts";
import { Prisma } from "./generated/client.ts";
import type { SqlRunner } from "./sql-runner.ts";

declare const isHeld: unique symbol;

/**
 * The ledger, locked until its transaction ends. Only `lockLedger` makes one, and appending to the trail
 * requires one, so that an entry is always written in the transaction of its change.
 */
export type HeldLedger = {
  readonly [isHeld]: true;
  /** The database's clock when the ledger was locked. */
  readonly now: Date;
  /** Advances as events are appended. */
  head: LedgerHead;
};

/** The head of the trail: the last entry and its hash, the last flag revision and its event's hash. */
type LedgerHead = { seq: number; hash: string; revision: number; revisionHash: string };

type LedgerRow = {
  seq: bigint | string;
  head_hash: string;
  revision: bigint | string;
  revision_hash: string;
  now: Date;
};

/** Shorter than the wait for the ledger: `lock_timeout` in lib/db/transaction-settings.ts. */
const USUAL_IDLE_MS = 2_000;
/** Work on many rows may compute longer between its statements. */
const LONG_IDLE_MS = 10_000;

/**
 * Locks the ledger until the transaction ends. PostgreSQL ends a holder that goes idle, as after a
 * network cut, before others stop waiting for it.
 */
export async function lockLedger(
  runner: SqlRunner,
  { isLong }: { isLong: boolean },
): Promise<HeldLedger> {
  const idleTimeout = `${isLong ? LONG_IDLE_MS : USUAL_IDLE_MS}ms`;
  const [row] = await runner.query<LedgerRow>(Prisma.sql`
    SELECT seq, head_hash, revision, revision_hash, clock_timestamp() AS now,
           set_config('idle_in_transaction_session_timeout', ${idleTimeout}, true)
    FROM ledger WHERE id = 1 FOR UPDATE`);
  if (!row) throw new Error("The ledger has no row: the database is not migrated.");
  const head = {
    seq: Number(row.seq),
    hash: row.head_hash,
    revision: Number(row.revision),
    revisionHash: row.revision_hash,
  };
  // The brand exists in types only; this is the one place that gives it.
  return { head, now: row.now } as HeldLedger;
}

/**
 * Checks, under the lock, whether an actor's access ended since their permissions were checked. It is a
 * separate statement because the locking one sees the tables as they were before it waited.
 *
 * @returns for each actor, in order, null or why they may not act any more
 */
export async function findEndedAccess(
  runner: SqlRunner,
  actors: readonly Actor[],
): Promise<(AppError | null)[]> {
  const tokenIds = actors.map(toTokenId);
  const people = actors.map((actor) => (actor.type === "person" ? actor : null));
  const rows = await runner.query<{ hasToken: boolean; isSamePerson: boolean }>(Prisma.sql`
    SELECT a.token_id IS NULL OR EXISTS (
             SELECT FROM token t WHERE t.id = a.token_id
               AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()) AS "hasToken",
           a.person_id IS NULL OR EXISTS (
             SELECT FROM person p WHERE p.id = a.person_id AND p.role::text = a.role
               AND p.session_version = a.session_version AND p.disabled_at IS NULL
               AND (a.session_id IS NULL OR EXISTS (
                 SELECT FROM session s WHERE s.id = a.session_id AND s.ended_at IS NULL)))
             AS "isSamePerson"
    FROM unnest(${tokenIds}::uuid[], ${people.map((person) => person?.id ?? null)}::uuid[],
                ${people.map((person) => person?.role ?? null)}::text[],
                ${people.map((person) => person?.sessionVersion ?? null)}::int[],
                ${people.map((person) => person?.sessionId ?? null)}::uuid[])
         WITH ORDINALITY AS a(token_id, person_id, role, session_version, session_id, place)
    ORDER BY a.place`);
  return rows.map(({ hasToken, isSamePerson }) => {
    if (!hasToken) return toEndedError("This token was revoked or has expired.");
    if (!isSamePerson) return toEndedError("Your access was changed or ended a moment ago.");
    return null;
  });
}

function toTokenId(actor: Actor): string | null {
  if (actor.type === "system") return null;
  return actor.type === "service" ? actor.id : actor.tokenId;
}

function toEndedError(why: string): AppError {
  return new AppError(
    "UNAUTHENTICATED",
    `${why} Nothing was changed. Sign in again or ask an admin.`,
  );
}
