import { db } from "../../db/client.ts";
import { databaseNow } from "../../db/database-clock.ts";

const FIRST_RETRY_SECONDS = 5;
const LONGEST_RETRY_SECONDS = 600;

/** When a schedule is tried again that failed so often before: after longer and longer waits. */
export function toRetryTime(now: Date, attempts: number): Date {
  const seconds = Math.min(FIRST_RETRY_SECONDS * 2 ** attempts, LONGEST_RETRY_SECONDS);
  return new Date(now.getTime() + seconds * 1_000);
}

/**
 * Counts an attempt whose failure could not be recorded, and lets the schedule wait, so that it is not the
 * first of every look. Without the ledger, which may be what it could not get.
 */
export async function postpone(id: string): Promise<void> {
  const row = await db().schedule.findUnique({ where: { id }, select: { attempts: true } });
  if (!row) return;
  const { attempts } = row;
  const now = databaseNow();
  // Whoever tried or moved it meanwhile has said when it is next.
  await db().schedule.updateMany({
    where: { id, attempts, state: "waiting", nextAttemptAt: { lte: now } },
    data: { attempts: attempts + 1, nextAttemptAt: toRetryTime(now, attempts) },
  });
}
