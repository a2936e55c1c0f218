import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import {
  REQUEST_RECORD_INCLUDE,
  type RequestState,
  toRequestRecord,
} from "../flags/pending/request-record.ts";
import { describeEnd } from "./describe-end.ts";

/**
 * Locks a request that has to be in one of these states. The ledger is locked already, so that whoever is
 * second sees what the first one did.
 *
 * @throws AppError NOT_FOUND, CONFLICT that says what became of it
 */
export async function lockRequest(
  tx: AuditedTransaction,
  requestId: string,
  states: readonly RequestState[],
) {
  await tx.db.$queryRaw`SELECT FROM change_request WHERE id = ${requestId}::uuid FOR UPDATE`;
  const row = await tx.db.changeRequest.findUnique({
    where: { id: requestId },
    include: REQUEST_RECORD_INCLUDE,
  });
  if (!row) throw new AppError("NOT_FOUND", "There is no such request.");
  const { state } = toRequestRecord(row);
  const request = { ...row, state, at: row.at?.toISOString() ?? null };
  if (!states.includes(state)) throw new EndedRequest(describeEnd(request, tx.now));
  return { ...row, state };
}

/** Somebody decided, withdrew or outdated the request before. */
export class EndedRequest extends AppError {
  override name = "EndedRequest";

  constructor(message: string) {
    super("CONFLICT", message, [{ path: "requestId", message }]);
  }
}
