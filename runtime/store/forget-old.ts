import type { DatabaseSync } from "node:sqlite";

const DAY_MS = 86_400_000;
/** Meta repeats a webhook for up to seven days; a day more ensures that no repetition counts as new. */
const KEEP_EVENTS_MS = 8 * DAY_MS;
/** Statuses come while a message can still be read. Not kept longer: the callback data may name the customer. */
const KEEP_SENT_MS = 30 * DAY_MS;
/** The default of CUSTOMER_RETENTION_DAYS: how long customers' phones and ids are kept after they were last heard of. */
export const KEEP_CUSTOMERS_DAYS = 180;
const ROWS_A_TIME = 1_000;

/**
 * Deletes decisions older than eight days that do not wait for delivery, messages sent more than thirty days
 * ago, and the ids of customers who were not heard of within `keepCustomersMs`, which limits the sent messages,
 * too. Deletes a limited number of rows; returns how many, and whether there may be more.
 */
export function forgetOld(
  database: DatabaseSync,
  now: number,
  keepCustomersMs: number = KEEP_CUSTOMERS_DAYS * DAY_MS,
): { count: number; isMore: boolean } {
  const events = database.prepare(
    `DELETE FROM event WHERE decided_at < ? AND seq NOT IN (SELECT seq FROM pending)
       AND seq IN (SELECT seq FROM event ORDER BY seq LIMIT ?)`,
  );
  const sent = database.prepare(
    "DELETE FROM sent WHERE message_id IN (SELECT message_id FROM sent WHERE sent_at < ? LIMIT ?)",
  );
  const facts = database.prepare(
    "DELETE FROM fact WHERE key IN (SELECT key FROM fact WHERE heard_at < ? LIMIT ?)",
  );
  const notices = database.prepare(
    `DELETE FROM sealed_notice WHERE (fingerprint, notice) IN
       (SELECT fingerprint, notice FROM sealed_notice WHERE heard_at < ? LIMIT ?)`,
  );
  const heardBefore = Math.floor((now - keepCustomersMs) / 1_000);
  const deleted = [
    events.run(now - KEEP_EVENTS_MS, ROWS_A_TIME).changes,
    sent.run(now - Math.min(KEEP_SENT_MS, keepCustomersMs), ROWS_A_TIME).changes,
    facts.run(heardBefore, ROWS_A_TIME).changes,
    notices.run(heardBefore, ROWS_A_TIME).changes,
  ].map(Number);
  const count = deleted.reduce((sum, rows) => sum + rows, 0);
  return { count, isMore: deleted.includes(ROWS_A_TIME) };
}
