import type { DatabaseSync } from "node:sqlite";

/** Meta repeats a webhook for up to seven days; a day more, and no repetition is taken for new. */
const KEEP_MS = 8 * 86_400_000;
const ROWS_A_TIME = 1_000;

/**
 * Deletes what was decided more than eight days ago and is not waiting for delivery: customers' data
 * stays no longer than it is needed. A few rows at a time; returns whether there may be more.
 */
export function forgetOld(database: DatabaseSync, now: number): boolean {
  const { changes } = database
    .prepare(
      `DELETE FROM event WHERE seq IN (
         SELECT seq FROM event WHERE decided_at < ? AND status IS NOT 'pending' LIMIT ?)`,
    )
    .run(now - KEEP_MS, ROWS_A_TIME);
  return changes === ROWS_A_TIME;
}
