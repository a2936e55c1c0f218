import type { DatabaseSync } from "node:sqlite";

const DAY_MS = 86_400_000;
/** Meta repeats a webhook for up to seven days; a day more, and no repetition is taken for new. */
const KEEP_EVENTS_MS = 8 * DAY_MS;
/** Statuses come while a message can still be read. */
const KEEP_SENT_MS = 30 * DAY_MS;
const ROWS_A_TIME = 1_000;

/**
 * Deletes what is no longer needed: decisions of more than eight days ago that do not wait for delivery,
 * and what was sent more than thirty days ago. A few rows at a time; returns whether there may be more.
 */
export function forgetOld(database: DatabaseSync, now: number): boolean {
  const events = database.prepare(
    `DELETE FROM event WHERE decided_at < ? AND seq NOT IN (SELECT seq FROM pending)
       AND seq IN (SELECT seq FROM event ORDER BY seq LIMIT ?)`,
  );
  const sent = database.prepare(
    "DELETE FROM sent WHERE message_id IN (SELECT message_id FROM sent WHERE sent_at < ? LIMIT ?)",
  );
  const deleted = [
    events.run(now - KEEP_EVENTS_MS, ROWS_A_TIME).changes,
    sent.run(now - KEEP_SENT_MS, ROWS_A_TIME).changes,
  ];
  return deleted.includes(ROWS_A_TIME);
}
