import type { PersonActor } from "../access/actor.ts";
import { toPasswordMaker } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { SESSION_LIFE_MS, type SignInMethod, toSessionTarget } from "./session-record.ts";

/**
 * Starts a session with a new id for somebody who has just signed in, and ends their browser's
 * previous one. Recorded in the trail.
 *
 * @param previousSessionId from the browser's old cookie, or null
 * @throws AppError UNAUTHENTICATED when they were disabled or their access changed meanwhile
 */
export async function startSession(
  actor: PersonActor,
  { method, previousSessionId }: { method: SignInMethod; previousSessionId: string | null },
): Promise<{ sessionId: string }> {
  return await inAuditedTransaction(actor, async (tx) => {
    const { ip, userAgent } = actor.origin;
    if (previousSessionId !== null) {
      await tx.db.session.updateMany({
        where: { id: previousSessionId, endedAt: null },
        data: { endedAt: tx.now },
      });
    }
    const session = await tx.db.session.create({
      data: {
        personId: actor.id,
        sessionVersion: actor.sessionVersion,
        method,
        ip,
        userAgent,
        createdAt: tx.now,
        lastSeenAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + SESSION_LIFE_MS),
      },
    });
    await appendEvents(tx, [
      {
        action: "session.started",
        target: toSessionTarget(session),
        before: null,
        after: { method, ...toPasswordMaker(actor) },
      },
    ]);
    return { sessionId: session.id };
  });
}
