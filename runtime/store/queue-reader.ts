import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { PendingWebhook } from "./webhook-queue.ts";

/** A webhook that an earlier process left; it and those behind it in its lanes wait until `dueAt`. */
export type LeftWebhook = Pick<PendingWebhook, "seq" | "lanes"> & { dueAt: number };

/** Reads the webhooks that are not delivered yet, over a connection of its own that never writes. */
export class QueueReader {
  readonly #database: DatabaseSync;
  readonly #left: StatementSync;
  readonly #find: StatementSync;

  /** `file` is the store's; the store has to be open. */
  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    this.#left = this.#database.prepare(
      "SELECT seq, lanes, due_at AS dueAt FROM pending ORDER BY seq",
    );
    this.#find = this.#database.prepare(
      `SELECT seq, event_id AS eventId, lanes, decided_at AS decidedAt, pending.attempts,
         coalesce(pending.payload, event.payload) AS payload
       FROM pending JOIN event USING (seq) WHERE seq = ?`,
    );
  }

  /** All webhooks that are not delivered yet, in the order they were decided in. */
  listLeft(): IterableIterator<LeftWebhook> {
    return this.#left.iterate() as IterableIterator<LeftWebhook>;
  }

  find(seq: number): PendingWebhook | null {
    return (this.#find.get(seq) as PendingWebhook | undefined) ?? null;
  }

  close(): void {
    this.#database.close();
  }
}
