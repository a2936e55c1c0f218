import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A webhook to deliver: the first of its lane. */
export type DueWebhook = {
  seq: number;
  eventId: string;
  lane: string;
  decidedAt: number;
  attempts: number;
  payload: string;
};

/** The webhooks that are not delivered yet. Lanes make the order; a lane waits as a whole for a retry. */
export class WebhookQueue {
  readonly #due: StatementSync;
  readonly #nextDueAt: StatementSync;
  readonly #settle: StatementSync;
  readonly #postpone: StatementSync;
  readonly #leaveLane: StatementSync;

  constructor(database: DatabaseSync) {
    this.#due = database.prepare(
      `SELECT event.seq, event.event_id AS eventId, event.lane, event.decided_at AS decidedAt,
         event.attempts, event.payload
       FROM (SELECT lane FROM lane WHERE due_at <= ? ORDER BY due_at LIMIT ?) AS due
       CROSS JOIN event ON event.seq =
         (SELECT min(seq) FROM event WHERE lane = due.lane AND status = 'pending')`,
    );
    this.#nextDueAt = database.prepare("SELECT min(due_at) AS at FROM lane WHERE due_at > ?");
    this.#settle = database.prepare("UPDATE event SET status = ?, attempts = ? WHERE seq = ?");
    this.#postpone = database.prepare("UPDATE lane SET due_at = ? WHERE lane = ?");
    this.#leaveLane = database.prepare(
      `DELETE FROM lane WHERE lane = ?1
       AND NOT EXISTS (SELECT 1 FROM event WHERE lane = ?1 AND status = 'pending')`,
    );
  }

  /** The first webhook of each lane that is due, longest waiting lane first. */
  listDue(now: number, limit: number): DueWebhook[] {
    return this.#due.all(now, limit) as DueWebhook[];
  }

  /** When the next lane's wait is over; null when none waits. */
  nextDueAt(now: number): number | null {
    return (this.#nextDueAt.get(now) as { at: number | null }).at;
  }

  /** It is delivered, or given up: the next of its lane may go. Called within a transaction. */
  settle(webhook: DueWebhook, status: "delivered" | "failed", now: number): void {
    this.#settle.run(status, webhook.attempts + 1, webhook.seq);
    if (this.#leaveLane.run(webhook.lane).changes === 0) this.#postpone.run(now, webhook.lane);
  }

  /** It failed, and is tried again at `dueAt`. Called within a transaction. */
  postpone(webhook: DueWebhook, dueAt: number): void {
    this.#settle.run("pending", webhook.attempts + 1, webhook.seq);
    this.#postpone.run(dueAt, webhook.lane);
  }
}
