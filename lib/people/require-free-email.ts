import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";

/** @throws AppError CONFLICT, on the form's field `email`, when somebody has this address */
export async function requireFreeEmail(tx: AuditedTransaction, email: string): Promise<void> {
  if (!(await tx.db.person.findUnique({ where: { email } }))) return;
  const message = `${email} is already one of the people.`;
  throw new AppError("CONFLICT", message, [{ path: "email", message }]);
}
