import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";

/**
 * Checks that the transaction leaves at least one admin: without one, nobody could manage people.
 *
 * @throws AppError CONFLICT when none is left
 */
export async function requireAnAdmin(tx: AuditedTransaction): Promise<void> {
  const isLeft = await tx.db.person.findFirst({
    where: { role: "admin", disabledAt: null },
    select: { id: true },
  });
  if (isLeft) return;
  const message =
    "This is the last admin, and without one nobody could manage people. Make somebody else an admin first.";
  throw new AppError("CONFLICT", message, [{ path: "personId", message }]);
}
