import type { AuditedTransaction } from "../db/transaction.ts";

/** A schedule that waits and names some numbers, with what it does to them. */
export type WaitingSchedule = {
  id: string;
  display: string;
  at: Date;
  authorId: string;
  changes: { phoneNumberId: string; acceptsBsuid: boolean }[];
};

/** Reads the schedules that wait and name any of these numbers, in the order in which they are carried out. */
export async function readWaiting(
  { db }: AuditedTransaction,
  phoneNumberIds: readonly string[],
): Promise<WaitingSchedule[]> {
  const rows = await db.$queryRaw<WaitingSchedule[]>`
    SELECT s.id, s.display, s.at, s.author_id AS "authorId",
           json_agg(json_build_object('phoneNumberId', i.phone_number_id, 'acceptsBsuid', i.accepts_bsuid)) AS changes
    FROM schedule_item i JOIN schedule s ON s.id = i.schedule_id AND s.state = 'waiting'
    WHERE i.phone_number_id = ANY(${phoneNumberIds}::text[])
    GROUP BY s.id`;
  return rows.sort((one, other) => one.at.getTime() - other.at.getTime());
}
