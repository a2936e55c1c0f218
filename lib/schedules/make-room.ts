import type { AuditedTransaction } from "../db/transaction.ts";
import { AppError, UnprocessableError } from "../errors.ts";
import { cancelAll } from "./cancel-all.ts";
import type { WaitingSchedule } from "./read-waiting.ts";
import { requireOwnSchedule } from "./require-own-schedule.ts";

const MAX_NAMED = 10;

/** What a new schedule does about those that wait for its numbers: runs after them, or takes their place. */
type OnWaiting = "follow" | "replace";

/**
 * Settles how a new schedule goes with those that wait for its numbers.
 *
 * @param waiting in the order in which they are carried out
 * @returns the one that it follows
 * @throws AppError CONFLICT when that was not said, it cannot follow, or what it is to replace names other
 *   numbers, too; FORBIDDEN to replace somebody else's
 */
export async function makeRoom(
  tx: AuditedTransaction,
  {
    at,
    phoneNumberIds,
    onWaiting,
    waiting,
  }: {
    at: Date;
    phoneNumberIds: readonly string[];
    onWaiting: OnWaiting | undefined;
    waiting: WaitingSchedule[];
  },
): Promise<WaitingSchedule | null> {
  const last = waiting.at(-1);
  if (!last) return null;
  if (onWaiting === "replace") {
    for (const schedule of waiting) requireOwnSchedule(tx.actor, schedule);
    const ids = waiting.map(({ id }) => id);
    await requireAllNamed(tx, ids, phoneNumberIds);
    await cancelAll(tx, ids, { code: "REPLACED", why: "Another schedule took its place." });
    return null;
  }
  if (onWaiting === undefined) throw refuseUnsaid(waiting, last);
  if (at <= last.at) {
    const message = `It is to follow “${last.display}”, which is at ${last.at.toISOString()}: give a later time.`;
    throw new UnprocessableError(message, [{ path: "localTime", message }]);
  }
  const named = new Map<string, string>();
  for (const { id, changes } of waiting) {
    for (const { phoneNumberId } of changes) named.set(phoneNumberId, id);
  }
  if (new Set(named.values()).size > 1) {
    throw refuse(
      "These numbers wait for different schedules. Schedule them one by one, or replace those.",
    );
  }
  return last;
}

/** What is replaced is cancelled as a whole: no number may lose its schedule unsaid. */
async function requireAllNamed(
  { db }: AuditedTransaction,
  scheduleIds: readonly string[],
  phoneNumberIds: readonly string[],
): Promise<void> {
  const [left] = await db.$queryRaw<{ display: string; numbers: string[] }[]>`
    SELECT s.display, array_agg(i.phone_number_id ORDER BY i.phone_number_id) AS numbers
    FROM schedule_item i JOIN schedule s ON s.id = i.schedule_id
    WHERE s.id = ANY(${scheduleIds}::uuid[])
      AND NOT EXISTS (SELECT FROM unnest(${phoneNumberIds}::text[]) AS n(id)
                      WHERE n.id = i.phone_number_id)
    GROUP BY s.id ORDER BY s.at, s.id LIMIT 1`;
  if (!left) return;
  const { display, numbers } = left;
  const more = numbers.length > MAX_NAMED ? ` and ${numbers.length - MAX_NAMED} more` : "";
  throw refuse(
    `“${display}” names other numbers, too, and would be cancelled for them: ${numbers.slice(0, MAX_NAMED).join(", ")}${more}. Name those as well, or cancel it first.`,
  );
}

function refuseUnsaid(waiting: readonly WaitingSchedule[], last: WaitingSchedule): AppError {
  const more = waiting.length > 1 ? ` and ${waiting.length - 1} more` : "";
  return refuse(
    `A schedule waits for these numbers already: “${last.display}” at ${last.at.toISOString()}${more}. Say whether the new one is to follow it or to replace it.`,
  );
}

function refuse(message: string): AppError {
  return new AppError("CONFLICT", message, [{ path: "onWaiting", message }]);
}
