import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { KEPT_FOR } from "../kept-for.ts";

const DAY_MS = 86_400_000;

/**
 * Deletes sessions that expired 30 days ago, and failed attempts and refusal windows that do not count any
 * more. Their entries in the trail stay. Takes `access:forget`, which only the console itself has.
 */
export async function forgetOldAccess(actor: Actor): Promise<{ sessions: number }> {
  authorize(actor, "access:forget");
  const now = databaseNow().getTime();
  const before = ({ days }: { days: number }) => ({ lt: new Date(now - days * DAY_MS) });
  const { count: sessions } = await db().session.deleteMany({
    where: { expiresAt: before(KEPT_FOR.session) },
  });
  const { sign_in_failures: failures, refusal_window: refusals } = KEPT_FOR;
  await db().signInFailures.deleteMany({ where: { lastAt: before(failures) } });
  await db().refusalWindow.deleteMany({ where: { startedAt: before(refusals) } });
  return { sessions };
}
