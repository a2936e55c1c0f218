import type { DatabaseSync, StatementSync } from "node:sqlite";
import { tokenOfWamid } from "./wamid-token.ts";

/** What the business was told when it sent a message, and what it said then. */
export type SentMessage = { sendId: string; callbackData: string | null };

/**
 * The messages that the business sent, by the token that Meta's ids of one message have in common: its
 * statuses may come under the id of the other scope, that of the phone or that of the BSUID. The token
 * names nobody, while the ids hold their customer. An id of another form is kept as it is.
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
    // Earlier versions kept the id.
    return (this.#find.get(toKey(messageId), messageId) as SentMessage | undefined) ?? null;
  }
}

function toKey(messageId: string): string {
  return tokenOfWamid(messageId) ?? messageId;
}
