import { appendEvents } from "../audit/append-events.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { type Refusal, toAnonymousActor } from "./refusal.ts";

/** A refusal that repeats within this time is counted, not recorded again. */
export const REFUSAL_WINDOW_MS = 600_000;

/**
 * Records a refusal in the trail, unless an instance did so within the last ten minutes. The first
 * check keeps repeats from locking the ledger; the second, under its lock, decides.
 *
 * @param key identifies who was refused what
 */
export async function recordRefusal(key: string, refusal: Refusal): Promise<void> {
  const since = new Date(databaseNow().getTime() - REFUSAL_WINDOW_MS);
  if (await db().refusalWindow.findFirst({ where: { key, startedAt: { gt: since } } })) return;
  await inAuditedTransaction(refusal.actor, async (tx) => {
    const isClaimed = await tx.db.$executeRaw`
      INSERT INTO refusal_window AS w (key, started_at) VALUES (${key}, ${tx.now})
      ON CONFLICT (key) DO UPDATE SET started_at = ${tx.now} WHERE w.started_at <= ${since}`;
    if (isClaimed === 0) return;
    await appendEvents(tx, [toDraft(refusal, {})]);
  });
}

/**
 * Records the refusal of somebody whose access has ended since. They cannot be the actor any more, so the
 * actor is anonymous, and `refusedId` says who it was.
 */
export async function recordRefusalAfterAccessEnded(key: string, refusal: Refusal): Promise<void> {
  const { actor, details } = refusal;
  const named = { ...details, refusedId: actor.id };
  const originPersonId = actor.type === "person" ? actor.id : null;
  await recordRefusal(key, {
    ...refusal,
    actor: toAnonymousActor(actor.origin),
    details: named,
    originPersonId,
  });
}

/** Records how often a refusal that is in the trail was repeated on this instance. */
export async function recordRepeats(refusal: Refusal, repeats: number): Promise<void> {
  await inAuditedTransaction(refusal.actor, async (tx) => {
    await appendEvents(tx, [toDraft(refusal, { repeats })]);
  });
}

function toDraft(
  { actor, action, outcome, target, details, tried, originPersonId }: Refusal,
  more: { repeats?: number },
) {
  const { asked } = actor.origin;
  const after = { ...details, ...(asked === undefined ? {} : { asked }), ...tried, ...more };
  return { action, outcome, target, before: null, after, originPersonId };
}
