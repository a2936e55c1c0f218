import type { DatabaseSync, StatementSync } from "node:sqlite";

/** What the business was told when it sent a message, and what it said then. */
export type SentMessage = { sendId: string; callbackData: string | null };

/** The messages that the business sent, by Meta's id. */
export class SentMessages {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare("INSERT OR IGNORE INTO sent VALUES (?, ?, ?, ?)");
    this.#find = database.prepare(
      "SELECT send_id AS sendId, callback_data AS callbackData FROM sent WHERE message_id = ?",
    );
  }

  /** Called within a transaction. */
  add(messageId: string, { sendId, callbackData }: SentMessage): void {
    this.#insert.run(messageId, sendId, callbackData, Date.now());
  }

  find(messageId: string): SentMessage | null {
    return (this.#find.get(messageId) as SentMessage | undefined) ?? null;
  }
}
