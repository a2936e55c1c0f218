import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { toTokenTarget } from "../access/targets.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";

export const revokeTokenSchema = z.strictObject({ tokenId: z.uuid(), reason: reasonSchema });

/**
 * Revokes a token at once, for good: the actor's own, or any with `token:manage`. Does nothing if it is
 * revoked already.
 *
 * @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function revokeToken(
  actor: Actor,
  input: z.input<typeof revokeTokenSchema>,
): Promise<{ changed: boolean }> {
  const { tokenId, reason } = parseInput(revokeTokenSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const token = await tx.db.token.findUnique({ where: { id: tokenId } });
    const isOwn = actor.type === "person" && token?.personId === actor.id;
    if (!isOwn)
      authorize(
        actor,
        "token:manage",
        token ? { target: toTokenTarget(token) } : { tried: tokenId },
      );
    if (!token) throw new AppError("NOT_FOUND", "There is no such token.");
    if (token.revokedAt) return { changed: false };
    await tx.db.token.update({ where: { id: tokenId }, data: { revokedAt: tx.now } });
    await appendEvents(tx, [
      {
        action: "token.revoked",
        target: toTokenTarget(token),
        before: { isRevoked: false },
        after: { isRevoked: true },
        reason,
      },
    ]);
    return { changed: true };
  });
}
