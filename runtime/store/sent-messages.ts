import type { DatabaseSync, StatementSync } from "node:sqlite";
import { tokenOfWamid } from "./wamid-token.ts";

/** The id that the business got when it sent a message, and the callback data that it gave. */
export type SentMessage = { sendId: string; callbackData: string | null };

/**
 * The messages that the business sent, by the token that Meta's ids of one message have in common: its
 * statuses may come under the id in the other scope, phone or BSUID. The token names nobody, while the ids
 * contain the customer's. An id of another form is stored as it is.
 */
export class SentMessages {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare("INSERT OR IGNORE INTO sent VALUES (?, ?, ?, ?)");
    this.#find = database.prepare(
      `SELECT send_id AS sendId, callback_data AS callbackData FROM sent
       WHERE message_id IN (?, ?) LIMIT 1`,
    );
  }

  /** Called within a transaction. */
  add(messageId: string, { sendId, callbackData }: SentMessage): void {
    this.#insert.run(toKey(messageId), sendId, callbackData, Date.now());
  }

  find(messageId: string): SentMessage | null {
    // Earlier versions stored the id itself.
    return (this.#find.get(toKey(messageId), messageId) as SentMessage | undefined) ?? null;
  }
}

function toKey(messageId: string): string {
  return tokenOfWamid(messageId) ?? messageId;
}
