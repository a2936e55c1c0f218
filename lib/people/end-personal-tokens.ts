import { toTokenTarget } from "../access/targets.ts";
import { appendEvents } from "../audit/append-events.ts";
import type { AuditedTransaction } from "../db/transaction.ts";

/** Revokes all active personal tokens of a person, each with its event. */
export async function endPersonalTokens(
  tx: AuditedTransaction,
  { personId, reason }: { personId: string; reason: string | null },
): Promise<void> {
  const tokens = await tx.db.token.updateManyAndReturn({
    where: { personId, revokedAt: null, expiresAt: { gt: tx.now } },
    data: { revokedAt: tx.now },
  });
  await appendEvents(
    tx,
    tokens.map((token) => ({
      action: "token.revoked" as const,
      target: toTokenTarget(token),
      before: { isRevoked: false },
      after: { isRevoked: true },
      reason,
    })),
  );
}
