import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Outcome } from "./outcome.ts";

/** Writes down what was decided. Called within a transaction. */
export class EventLog {
  readonly #insert: StatementSync;
  readonly #queue: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO event (dedupe_key, event_id, kind, topic, decided_at, phone_number_id, message_id,
         message_case, cursor, why, lane, status, payload)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING`,
    );
    this.#queue = database.prepare(
      "INSERT INTO lane (lane, due_at) VALUES (?, ?) ON CONFLICT (lane) DO NOTHING",
    );
  }

  /** Returns false when it was decided before: the first decision stands. */
  record(outcome: Outcome): boolean {
    const webhook = outcome.kind === "webhook" ? outcome : null;
    const { changes } = this.#insert.run(
      outcome.dedupeKey,
      randomUUID(),
      outcome.kind,
      webhook?.topic ?? null,
      outcome.at,
      outcome.phoneNumberId,
      outcome.messageId,
      outcome.case,
      outcome.kind === "drop" ? outcome.cursor : null,
      outcome.kind === "refused" ? outcome.why : null,
      webhook?.lane ?? null,
      webhook ? "pending" : null,
      webhook?.payload ?? null,
    );
    if (changes === 0) return false;
    if (webhook) this.#queue.run(webhook.lane, outcome.at);
    return true;
  }
}
