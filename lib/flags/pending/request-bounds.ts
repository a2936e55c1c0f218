import type { AuditedTransaction } from "../../db/transaction.ts";
import { AppError } from "../../errors.ts";

/** What one person may ask for, so that a queue stays one that people can work through. */
export const MAX_OPEN_REQUESTS = 100;
export const MAX_REQUESTED_NUMBERS = 10_000;
export const MAX_REQUESTS_PER_HOUR = 30;

/**
 * Checks what a person has open and asked for lately, under the ledger's lock.
 *
 * @param numbers of the request that they make now
 * @throws AppError RATE_LIMITED
 */
export async function requireWithinBounds(
  { db, now }: AuditedTransaction,
  { personId, numbers }: { personId: string; numbers: number },
): Promise<void> {
  const [counts] = await db.$queryRaw<{ open: bigint; lately: bigint; named: bigint }[]>`
    SELECT count(*) FILTER (WHERE state = 'open') AS open,
           count(*) FILTER (WHERE requested_at > ${now}::timestamptz - interval '1 hour') AS lately,
           (SELECT count(*) FROM change_request_item i JOIN change_request o ON o.id = i.request_id
            WHERE o.requested_by_id = ${personId}::uuid AND o.state = 'open') AS named
    FROM change_request
    WHERE requested_by_id = ${personId}::uuid
      AND (state = 'open' OR requested_at > ${now}::timestamptz - interval '1 hour')`;
  const { open, lately, named } = counts ?? { open: 0n, lately: 0n, named: 0n };
  if (open >= MAX_OPEN_REQUESTS) {
    throw tooMany(
      `You have ${open} open requests, and ${MAX_OPEN_REQUESTS} is the most. Withdraw some, or wait until they are decided.`,
    );
  }
  if (lately >= MAX_REQUESTS_PER_HOUR) {
    throw tooMany(
      `You made ${lately} requests within an hour, and ${MAX_REQUESTS_PER_HOUR} is the most. Wait a while, or ask for several numbers in one request.`,
    );
  }
  if (Number(named) + numbers > MAX_REQUESTED_NUMBERS) {
    throw tooMany(
      `Your open requests would name ${Number(named) + numbers} numbers, and 10,000 is the most. Wait until some are decided.`,
    );
  }
}

function tooMany(message: string): AppError {
  return new AppError("RATE_LIMITED", message);
}
