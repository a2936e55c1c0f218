import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { requireReason } from "../access/require-reason.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { db } from "../db/client.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { toSessionTarget } from "./session-record.ts";

export const endSessionSchema = z.strictObject({
  sessionId: z.uuid(),
  reason: reasonSchema.optional(),
});

/**
 * Ends one session at once, on every instance: the actor's own, or somebody else's with
 * `person:manage` and a reason. Does nothing if it has ended already.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, INVALID_INPUT when a needed reason is missing
 */
export async function endSession(
  actor: Actor,
  input: z.input<typeof endSessionSchema>,
): Promise<void> {
  const { sessionId, reason } = parseInput(endSessionSchema, input);
  const session = await db().session.findUnique({ where: { id: sessionId } });
  const isOwn = actor.type === "person" && session?.personId === actor.id;
  if (!isOwn) {
    authorize(actor, "person:manage", { tried: sessionId });
    requireReason(reason);
  }
  if (!session) throw new AppError("NOT_FOUND", "There is no such session.");
  if (session.endedAt) return;
  await inAuditedTransaction(actor, async (tx) => {
    const { count } = await tx.db.session.updateMany({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: tx.now },
    });
    if (count === 0) return;
    await appendEvents(tx, [
      {
        action: "session.ended",
        target: toSessionTarget(session),
        before: { isEnded: false },
        after: { isEnded: true },
        reason: reason ?? null,
      },
    ]);
  });
}
