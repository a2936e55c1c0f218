import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError, UnprocessableError } from "../errors.ts";

/** What one person may have waiting, and make within an hour. The end of "on until …" is part of its first half. */
export const MAX_WAITING_SCHEDULES = 100;
export const MAX_SCHEDULED_NUMBERS = 10_000;
export const MAX_SCHEDULES_PER_HOUR = 30;
/** How far ahead a schedule may be. */
const MAX_DAYS_AHEAD = 366;
const DAY_MS = 86_400_000;

/**
 * Checks what a person has waiting and made lately, under the ledger's lock.
 *
 * @param numbers of the schedule that they make now
 * @throws AppError RATE_LIMITED
 */
export async function requireWithinBounds(
  { db, now }: AuditedTransaction,
  { personId, numbers }: { personId: string; numbers: number },
): Promise<void> {
  const [counts] = await db.$queryRaw<{ waiting: number; lately: number; named: number }[]>`
    SELECT (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
           (count(*) FILTER (WHERE created_at > ${now}::timestamptz - interval '1 hour'))::int AS lately,
           (SELECT count(*)::int FROM schedule_item i JOIN schedule w ON w.id = i.schedule_id
            WHERE w.author_id = ${personId}::uuid AND w.request_id IS NULL AND NOT w.is_second_half
              AND w.state = 'waiting') AS named
    FROM schedule
    WHERE author_id = ${personId}::uuid AND request_id IS NULL AND NOT is_second_half
      AND (state = 'waiting' OR created_at > ${now}::timestamptz - interval '1 hour')`;
  const { waiting, lately, named } = counts ?? { waiting: 0, lately: 0, named: 0 };
  if (waiting >= MAX_WAITING_SCHEDULES) {
    throw new AppError(
      "RATE_LIMITED",
      `You have ${waiting} schedules waiting, and ${MAX_WAITING_SCHEDULES} is the most. Cancel some, or wait until they are carried out.`,
    );
  }
  if (named + numbers > MAX_SCHEDULED_NUMBERS) {
    throw new AppError(
      "RATE_LIMITED",
      `Your waiting schedules would name ${named + numbers} numbers, and 10,000 is the most. Cancel some, or wait until they are carried out.`,
    );
  }
  if (lately >= MAX_SCHEDULES_PER_HOUR) {
    throw new AppError(
      "RATE_LIMITED",
      `You made ${lately} schedules within an hour, and ${MAX_SCHEDULES_PER_HOUR} is the most. Wait a while, or schedule several numbers at once.`,
    );
  }
}

/**
 * Checks that a time has not come yet, and is not too far ahead.
 *
 * @throws UnprocessableError naming the input's field
 */
export function requireUpcoming(at: Date, { now, path }: { now: Date; path: string }): void {
  if (at <= now) {
    const message = `This time has passed: it was ${at.toISOString()}. Give one that is still to come.`;
    throw new UnprocessableError(message, [{ path, message }]);
  }
  requireNotTooFar(at, { now, path });
}

/** @throws UnprocessableError naming the input's field, for a time that is more than a year ahead */
export function requireNotTooFar(at: Date, { now, path }: { now: Date; path: string }): void {
  if (at.getTime() - now.getTime() > MAX_DAYS_AHEAD * DAY_MS) {
    const message = `This is more than ${MAX_DAYS_AHEAD} days ahead, which is the most.`;
    throw new UnprocessableError(message, [{ path, message }]);
  }
}
