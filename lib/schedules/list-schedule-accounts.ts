import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/** An account of which a schedule names numbers, and its time zone. */
export type ScheduleAccount = { id: string; name: string; zone: string | null };

/** Lists the accounts of each of these schedules, by the schedule's id. Takes `desk:read`. */
export async function listScheduleAccounts(
  actor: Actor,
  scheduleIds: readonly string[],
): Promise<Map<string, ScheduleAccount[]>> {
  authorize(actor, "desk:read");
  const rows = await db().$queryRaw<(ScheduleAccount & { scheduleId: string })[]>`
    SELECT DISTINCT i.schedule_id AS "scheduleId", a.id, a.name, a.zone
    FROM schedule_item i
    JOIN number n ON n.phone_number_id = i.phone_number_id
    JOIN account a ON a.id = n.account_id
    WHERE i.schedule_id = ANY(${scheduleIds}::uuid[])
    ORDER BY a.name, a.id`;
  const accounts = new Map<string, ScheduleAccount[]>();
  for (const { scheduleId, ...account } of rows) {
    accounts.set(scheduleId, [...(accounts.get(scheduleId) ?? []), account]);
  }
  return accounts;
}
