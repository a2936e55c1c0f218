import type { DatabaseSync } from "node:sqlite";
import { parseExactJson } from "#sdk/rules.ts";
import type { Pseudonyms } from "./pseudonyms.ts";

type Row = {
  kind: "webhook" | "drop" | "refused";
  topic: string | null;
  decided_at: number;
  phone_number_id: string;
  message_id: string;
  message_case: string;
  cursor: string | null;
  why: string | null;
  code: number | null;
  is_failed: number;
  attempts: number;
  /** Null when the webhook is settled. */
  failed_attempts: number | null;
  payload: string | null;
};

/** `messageId`, a wamid or pseudonym, limits the list to one message. */
export type WantedDeliveries = { limit: number; messageId?: string };

/** The results of the latest messages and statuses, newest first, as `GET /deliveries` lists them. */
export function listDeliveries(
  database: DatabaseSync,
  pseudonyms: Pseudonyms,
  { limit, messageId }: WantedDeliveries,
): object[] {
  const select = "SELECT event.*, pending.attempts AS failed_attempts FROM event";
  const among = `${select} LEFT JOIN pending USING (seq)`;
  const order = "ORDER BY seq DESC LIMIT ?";
  if (messageId === undefined) {
    return (database.prepare(`${among} ${order}`).all(limit) as Row[]).map(toItem);
  }
  const pseudonym = pseudonyms.ofMessage(messageId);
  const ofMessage = database.prepare(`${among} WHERE dedupe_key >= ? AND dedupe_key < ? ${order}`);
  // A key is the pseudonym, a blank, and what tells it from other items of the message.
  return (ofMessage.all(`${pseudonym} `, `${pseudonym}!`, limit) as Row[]).map(toItem);
}

function toItem(row: Row): object {
  const about = {
    at: new Date(row.decided_at).toISOString(),
    phoneNumberId: row.phone_number_id || null,
    messageId: row.message_id || null,
    case: row.message_case,
  };
  if (row.kind === "drop") return { kind: "drop", ...about, cursor: row.cursor };
  if (row.kind === "refused") {
    return {
      kind: "refused",
      ...about,
      why: row.why,
      ...(row.code === null ? {} : { code: row.code }),
    };
  }
  const body = parseExactJson(row.payload ?? "null");
  return { kind: "webhook", topic: row.topic, ...about, ...toProgress(row), payload: body };
}

function toProgress({ failed_attempts, is_failed, attempts }: Row): object {
  if (failed_attempts !== null) return { status: "pending", attempts: failed_attempts };
  return { status: is_failed ? "failed" : "delivered", attempts };
}
