import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A webhook to deliver; `attempts` have failed so far. */
export type PendingWebhook = {
  /** The decision's sequence number: later decisions have a higher one. */
  seq: number;
  eventId: string;
  /** One lane for each id of its customer with that number; one a line. */
  lanes: string;
  /** Milliseconds since 1970. */
  decidedAt: number;
  attempts: number;
  payload: string;
};

/** The result of a webhook's `attempts`-th attempt. A pending webhook is tried again at `dueAt`. */
export type AttemptEnd = { seq: number; attempts: number } & (
  | { status: "delivered" | "failed" }
  | { status: "pending"; dueAt: number }
);

/** Records the results of deliveries. Which webhook is next is decided in delivery/. */
export class WebhookQueue {
  readonly #onErased: () => void;
  readonly #leave: StatementSync;
  readonly #end: StatementSync;
  readonly #postpone: StatementSync;

  /** `onErased` is called when a body that must not be found again was deleted but is still in SQLite's log. */
  constructor(database: DatabaseSync, onErased: () => void) {
    this.#onErased = onErased;
    this.#leave = database.prepare(
      `DELETE FROM pending WHERE seq IN (SELECT value FROM json_each(?))
       RETURNING payload IS NOT NULL AS isErased`,
    );
    this.#end = database.prepare("UPDATE event SET attempts = ?, is_failed = ? WHERE seq = ?");
    this.#postpone = database.prepare("UPDATE pending SET attempts = ?, due_at = ? WHERE seq = ?");
  }

  /** Stores the ends of attempts. Called within a transaction. */
  writeDown(ends: readonly AttemptEnd[]): void {
    const settled: number[] = [];
    for (const end of ends) {
      if (end.status === "pending") {
        this.#postpone.run(end.attempts, end.dueAt, end.seq);
        continue;
      }
      settled.push(end.seq);
      // A row says from the start that the first attempt delivered it.
      if (end.attempts === 1 && end.status === "delivered") continue;
      this.#end.run(end.attempts, end.status === "failed" ? 1 : 0, end.seq);
    }
    if (settled.length === 0) return;
    const left = this.#leave.all(JSON.stringify(settled)) as { isErased: number }[];
    if (left.some(({ isErased }) => isErased === 1)) this.#onErased();
  }
}
