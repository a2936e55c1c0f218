import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { currentHour, lossesSince, weekStart } from "../numbers/loss-window.ts";
import { processSlot } from "../process-slot.ts";

/** The figures of all numbers. Messages are those of phone-less customers that a phone-only number dropped. */
export type Figures = {
  /** The numbers in service. */
  inService: number;
  /** How many of them accept such customers. */
  accepting: number;
  /** How many of them are phone-only and lost a message in the last 7 days. */
  losing: number;
  /** Messages lost in each of the last 7 times 24 hours, oldest first. */
  lostByDay: number[];
  /** Messages lost in the 7 days before those. */
  lostBefore: number;
  /** Accounts in which one number drops a customer whom another one of the same portfolio accepts. */
  mixedAccounts: number;
};

const MAX_AGE_MS = 10_000;
const DAYS = 7;

/** The last figures that were read, at which state of the numbers, and when. */
type Kept = { revision: bigint; at: number; figures: Promise<Figures> };
const slot = processSlot<Kept>("figures");

/**
 * Reads the figures of all numbers. What a change of a number moves is up to date; losses are at most 10 s old.
 * Takes `number:read`.
 */
export async function readFigures(actor: Actor): Promise<Figures> {
  authorize(actor, "number:read");
  const { rosterRevision: revision } = await db().ledger.findFirstOrThrow({
    select: { rosterRevision: true },
  });
  const kept = slot.value;
  const age = performance.now() - (kept?.at ?? 0);
  if (kept?.revision === revision && age < MAX_AGE_MS) return await kept.figures;
  const figures = readNow();
  const mine = { revision, at: performance.now(), figures };
  slot.value = mine;
  figures.catch(() => {
    if (slot.value === mine) slot.value = undefined;
  });
  return await figures;
}

async function readNow(): Promise<Figures> {
  const [[counts], losses] = await Promise.all([
    db().$queryRaw<Counts[]>`
      SELECT count(*)::int AS "inService",
        count(*) FILTER (WHERE accepts_bsuid)::int AS accepting,
        count(*) FILTER (WHERE NOT accepts_bsuid AND losing.lost IS NOT NULL)::int AS losing,
        (SELECT count(DISTINCT account_id)::int FROM (
          SELECT account_id FROM number WHERE retired_at IS NULL
          GROUP BY account_id, portfolio_id
          HAVING bool_or(accepts_bsuid) AND NOT bool_and(accepts_bsuid)) AS mixed) AS "mixedAccounts"
      FROM number LEFT JOIN ${lossesSince(weekStart())} AS losing USING (phone_number_id)
      WHERE retired_at IS NULL`,
    // greatest: a runtime's clock may be an hour ahead.
    db().$queryRaw<{ daysAgo: number; lost: bigint }[]>`
      SELECT greatest(0, floor(extract(epoch FROM ${currentHour()} - hour) / 86400))::int AS "daysAgo",
        sum(phone_less_dropped)::bigint AS lost
      FROM traffic_count
      WHERE hour > ${currentHour()}::timestamptz - make_interval(days => ${2 * DAYS})
        AND phone_less_dropped > 0
      GROUP BY "daysAgo"`,
  ]);
  if (!counts) throw new Error("A count without GROUP BY has one row.");
  const lostByDay = new Array<number>(DAYS).fill(0);
  let lostBefore = 0;
  for (const { daysAgo, lost } of losses) {
    if (daysAgo < DAYS) lostByDay[DAYS - 1 - daysAgo] = Number(lost);
    else lostBefore += Number(lost);
  }
  return { ...counts, lostByDay, lostBefore };
}

type Counts = Pick<Figures, "inService" | "accepting" | "losing" | "mixedAccounts">;
