import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { currentHour, weekStart } from "./loss-window.ts";

/** How many messages of phone-less customers a number dropped. */
export type Loss = {
  /** In the last 24 hours. */
  day: number;
  /** In the last 7 days. */
  week: number;
  /** For each of the last 7 times 24 hours, oldest first. */
  days: number[];
};

/** Reads the losses of these numbers; leaves out those without any. Takes `number:read`. */
export async function readLosses(
  actor: Actor,
  phoneNumberIds: readonly string[],
): Promise<Map<string, Loss>> {
  authorize(actor, "number:read");
  // greatest: a runtime's clock may be an hour ahead.
  const rows = await db().$queryRaw<Row[]>`
    SELECT phone_number_id AS id, sum(phone_less_dropped)::bigint AS lost,
      greatest(0, floor(extract(epoch FROM ${currentHour()} - hour) / 86400))::int AS days_ago
    FROM traffic_count
    WHERE phone_number_id = ANY(${phoneNumberIds}::text[]) AND hour >= ${weekStart()}
      AND phone_less_dropped > 0
    GROUP BY id, days_ago`;
  const byNumber = Map.groupBy(rows, ({ id }) => id);
  return new Map([...byNumber].map(([id, own]) => [id, toLoss(own)]));
}

type Row = { id: string; lost: bigint; days_ago: number };

function toLoss(rows: readonly Row[]): Loss {
  const days = [0, 0, 0, 0, 0, 0, 0];
  for (const { lost, days_ago } of rows) days[days.length - 1 - days_ago] = Number(lost);
  return { day: days.at(-1) ?? 0, week: days.reduce((sum, lost) => sum + lost, 0), days };
}
