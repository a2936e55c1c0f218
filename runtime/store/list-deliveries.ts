import type { DatabaseSync } from "node:sqlite";

type Row = {
  kind: "webhook" | "drop" | "refused";
  topic: string | null;
  decided_at: number;
  phone_number_id: string;
  message_id: string;
  message_case: string;
  cursor: string | null;
  why: string | null;
  is_failed: number;
  attempts: number;
  /** Null when it is settled. */
  failed_attempts: number | null;
  payload: string | null;
};

/** What became of the latest messages and statuses, newest first, as `GET /deliveries` tells it. */
export function listDeliveries(database: DatabaseSync, limit: number): object[] {
  const rows = database
    .prepare(
      `SELECT event.*, pending.attempts AS failed_attempts FROM event LEFT JOIN pending USING (seq)
       ORDER BY seq DESC LIMIT ?`,
    )
    .all(limit);
  return (rows as Row[]).map(toItem);
}

function toItem(row: Row): object {
  const about = {
    at: new Date(row.decided_at).toISOString(),
    phoneNumberId: row.phone_number_id,
    messageId: row.message_id,
    case: row.message_case,
  };
  if (row.kind === "drop") return { kind: "drop", ...about, cursor: row.cursor };
  if (row.kind === "refused") return { kind: "refused", ...about, why: row.why };
  const body: unknown = JSON.parse(row.payload ?? "null");
  return { kind: "webhook", topic: row.topic, ...about, ...toProgress(row), payload: body };
}

function toProgress({ failed_attempts, is_failed, attempts }: Row): object {
  if (failed_attempts !== null) return { status: "pending", attempts: failed_attempts };
  return { status: is_failed ? "failed" : "delivered", attempts };
}
