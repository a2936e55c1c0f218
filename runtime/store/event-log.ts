import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Outcome, UnreadableItem, WebhookOutcome } from "./outcome.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import type { PendingWebhook } from "./webhook-queue.ts";

/** A new decision: its sequence number, and the webhook to deliver for it. */
export type Recorded = { seq: number; webhook: PendingWebhook | null };

/** The record of all decisions. Its methods are called within a transaction. */
export class EventLog {
  readonly #pseudonyms: Pseudonyms;
  readonly #insert: StatementSync;
  readonly #insertUnreadable: StatementSync;
  readonly #queue: StatementSync;
  readonly #replace: StatementSync;
  readonly #replaceQueued: StatementSync;

  constructor(database: DatabaseSync, pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
    this.#insert = database.prepare(
      `INSERT INTO event (dedupe_key, event_id, kind, topic, decided_at, phone_number_id, message_id,
         message_case, cursor, why, is_counted, attempts, payload)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (dedupe_key) DO NOTHING`,
    );
    this.#insertUnreadable = database.prepare(
      `INSERT INTO event (dedupe_key, event_id, kind, topic, decided_at, phone_number_id, message_id,
         message_case, why, code, is_counted)
       VALUES (?, ?, 'refused', 'unreadable', ?, ?, ?, 'unreadable', ?, ?, 0)
       ON CONFLICT (dedupe_key) DO NOTHING`,
    );
    this.#queue = database.prepare("INSERT INTO pending VALUES (?, 0, ?, ?, ?)");
    this.#replace = database.prepare("UPDATE event SET payload = ? WHERE seq = ?");
    this.#replaceQueued = database.prepare("UPDATE pending SET payload = ? WHERE seq = ?");
  }

  /** Records a decision. Null if it was decided before: the first decision stands, and nothing is to be delivered. */
  record(outcome: Outcome): Recorded | null {
    const webhook = outcome.kind === "webhook" ? outcome : null;
    const anonymous = webhook?.anonymousPayload ?? null;
    const eventId = randomUUID();
    const pseudonym = this.#pseudonyms.ofMessage(outcome.messageId);
    const { changes, lastInsertRowid } = this.#insert.run(
      toDedupeKey(outcome, pseudonym, this.#pseudonyms),
      eventId,
      outcome.kind,
      webhook?.topic ?? null,
      outcome.at,
      outcome.phoneNumberId,
      outcome.kind === "drop" || anonymous !== null ? pseudonym : outcome.messageId,
      outcome.case,
      outcome.kind === "drop" ? outcome.cursor : null,
      outcome.kind === "refused" ? outcome.why : null,
      outcome.isCounted ? 1 : 0,
      anonymous ?? webhook?.payload ?? null,
    );
    if (changes === 0) return null;
    const seq = Number(lastInsertRowid);
    if (!webhook) return { seq, webhook: null };
    const { lanes, payload, at: decidedAt } = webhook;
    this.#queue.run(seq, decidedAt, lanes, anonymous === null ? null : payload);
    return { seq, webhook: { seq, eventId, lanes, decidedAt, attempts: 0, payload } };
  }

  /** Replaces the body of a webhook that was not passed on for delivery yet. Called within a transaction. */
  replacePayload(
    seq: number,
    { payload, anonymousPayload }: Pick<WebhookOutcome, "payload" | "anonymousPayload">,
  ): void {
    this.#replace.run(anonymousPayload ?? payload, seq);
    if (anonymousPayload !== null) this.#replaceQueued.run(payload, seq);
  }

  /** Records an unreadable item, once. */
  recordUnreadable({ at, phoneNumberId, messageId, why, code }: UnreadableItem): void {
    const eventId = randomUUID();
    const pseudonym = messageId === null ? eventId : this.#pseudonyms.ofMessage(messageId);
    const dedupeKey = `${pseudonym} u ${phoneNumberId ?? ""} ${why}`;
    const about = [phoneNumberId ?? "", messageId ?? "", why, code] as const;
    this.#insertUnreadable.run(dedupeKey, eventId, at, ...about);
  }
}

/** The key by which repetitions are known. Begins with the message's pseudonym, to find all about the message. */
function toDedupeKey(outcome: Outcome, pseudonym: string, pseudonyms: Pseudonyms): string {
  const { dedupeKey } = outcome;
  // A status's key may name a participant.
  const isStatus = outcome.kind === "webhook" && outcome.topic === "delivery_status";
  return `${pseudonym} ${isStatus ? pseudonyms.of(dedupeKey) : dedupeKey}`;
}
