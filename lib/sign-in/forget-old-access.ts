import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { SESSION_KEPT_DAYS } from "../sessions/session-record.ts";

const DAY_MS = 86_400_000;

/**
 * Deletes sessions that expired 30 days ago, and failed attempts and refusal windows that do not count any
 * more. Their entries in the trail stay. Takes `access:forget`, which only the console itself has.
 */
export async function forgetOldAccess(actor: Actor): Promise<{ sessions: number }> {
  authorize(actor, "access:forget");
  const now = databaseNow().getTime();
  const { count: sessions } = await db().session.deleteMany({
    where: { expiresAt: { lt: new Date(now - SESSION_KEPT_DAYS * DAY_MS) } },
  });
  const dayAgo = new Date(now - DAY_MS);
  await db().signInFailures.deleteMany({ where: { lastAt: { lt: dayAgo } } });
  await db().refusalWindow.deleteMany({ where: { startedAt: { lt: dayAgo } } });
  return { sessions };
}
