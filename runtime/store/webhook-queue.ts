import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A webhook to deliver; `attempts` have failed so far. */
export type PendingWebhook = {
  /** Its place: what was decided later has a higher one. */
  seq: number;
  eventId: string;
  /** One number and customer. */
  lane: string;
  /** Milliseconds since 1970. */
  decidedAt: number;
  attempts: number;
  payload: string;
};

/** Where a webhook stands that an earlier process left: its lane waits until `dueAt`. */
export type LeftWebhook = Pick<PendingWebhook, "seq" | "lane"> & { dueAt: number };

/** The webhooks that are not delivered yet, on disk. Their order is kept in memory (delivery/lanes.ts). */
export class WebhookQueue {
  readonly #left: StatementSync;
  readonly #find: StatementSync;
  readonly #leave: StatementSync;
  readonly #end: StatementSync;
  readonly #postpone: StatementSync;

  constructor(database: DatabaseSync) {
    this.#left = database.prepare(
      `SELECT seq, lane, due_at AS dueAt FROM pending JOIN event USING (seq) ORDER BY seq`,
    );
    this.#find = database.prepare(
      `SELECT seq, event_id AS eventId, lane, decided_at AS decidedAt, pending.attempts, payload
       FROM pending JOIN event USING (seq) WHERE seq = ?`,
    );
    this.#leave = database.prepare("DELETE FROM pending WHERE seq = ?");
    this.#end = database.prepare("UPDATE event SET attempts = ?, is_failed = ? WHERE seq = ?");
    this.#postpone = database.prepare("UPDATE pending SET attempts = ?, due_at = ? WHERE seq = ?");
  }

  /** All of them, in the order they were decided in. */
  listLeft(): IterableIterator<LeftWebhook> {
    return this.#left.iterate() as IterableIterator<LeftWebhook>;
  }

  find(seq: number): PendingWebhook | null {
    return (this.#find.get(seq) as PendingWebhook | undefined) ?? null;
  }

  /** It is delivered, or given up. Called within a transaction. */
  settle({ seq, attempts }: PendingWebhook, status: "delivered" | "failed"): void {
    this.#leave.run(seq);
    // Delivered by the first attempt is what its row says from the start.
    if (attempts === 0 && status === "delivered") return;
    this.#end.run(attempts + 1, status === "failed" ? 1 : 0, seq);
  }

  /** It failed, and is tried again at `dueAt`. Called within a transaction. */
  postpone({ seq, attempts }: PendingWebhook, dueAt: number): void {
    this.#postpone.run(attempts + 1, dueAt, seq);
  }
}
