import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { KEPT_FOR } from "../kept-for.ts";

const DAY_MS = 86_400_000;

/**
 * Deletes old notices, selections and kept answers. What they tell of stays: requests, schedules, the trail.
 * Takes `desk:forget`, which only the console itself has.
 *
 * @returns how many of each were deleted
 */
export async function forgetOldDesk(actor: Actor) {
  authorize(actor, "desk:forget");
  const now = databaseNow().getTime();
  const before = ({ days }: { days: number }) => ({ lt: new Date(now - days * DAY_MS) });
  const { count: notices } = await db().notice.deleteMany({
    where: { updatedAt: before(KEPT_FOR.notice) },
  });
  const { count: selections } = await db().selection.deleteMany({
    where: { createdAt: before(KEPT_FOR.selection) },
  });
  const { count: answers } = await db().idempotencyKey.deleteMany({
    where: { createdAt: before(KEPT_FOR.idempotency_key) },
  });
  return { notices, selections, answers };
}
