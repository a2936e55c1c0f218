import { Prisma } from "../../db/generated/client.ts";
import type { SqlRunner } from "../../db/sql-runner.ts";
import { REQUESTER } from "../../flags/pending/requester.ts";
import type { LockedSchedule } from "./decide-run.ts";

type Row = Omit<LockedSchedule, "at" | "endsAt"> & {
  at: Date | string;
  endsAt: Date | string | null;
};

/**
 * Locks schedules whose time has come and that still wait, and the numbers that they name. Whatever another
 * program has locked is left out, so that nothing waits for it: the ledger is held.
 */
export async function lockGroup(
  runner: SqlRunner,
  { ids, phoneNumberIds }: { ids: readonly string[]; phoneNumberIds: readonly string[] },
): Promise<{ schedules: Map<string, LockedSchedule>; freeNumbers: Set<string> }> {
  const [, rows, numbers] = await Promise.all([
    runner.query(Prisma.sql`
      SELECT r.id FROM change_request r JOIN schedule s ON s.request_id = r.id
      WHERE s.id = ANY(${ids}::uuid[]) ORDER BY r.id FOR UPDATE OF r SKIP LOCKED`),
    runner.query<Row>(Prisma.sql`
      SELECT s.id, s.display, s.at, s.late_hours AS "lateHours", s.is_bound AS "isBound", s.reason,
             s.ticket_url AS "ticketUrl", s.request_id AS "requestId",
             (SELECT r.display FROM change_request r WHERE r.id = s.request_id) AS "requestDisplay",
             (SELECT ${REQUESTER} FROM change_request r WHERE r.id = s.request_id) AS requester,
             (SELECT min(e.at) FROM schedule e
              WHERE e.after_id = s.id AND e.is_second_half AND e.state = 'waiting') AS "endsAt",
             (SELECT json_agg(json_build_object('phoneNumberId', i.phone_number_id,
                'acceptsBsuid', i.accepts_bsuid, 'flagVersion', i.flag_version) ORDER BY i.phone_number_id)
              FROM schedule_item i WHERE i.schedule_id = s.id) AS changes
      FROM schedule s
      WHERE s.id = ANY(${ids}::uuid[]) AND s.state = 'waiting'
        AND s.next_attempt_at <= clock_timestamp()
      ORDER BY s.id FOR UPDATE OF s SKIP LOCKED`),
    runner.query<{ id: string }>(Prisma.sql`
      SELECT phone_number_id AS id FROM number WHERE phone_number_id = ANY(${phoneNumberIds}::text[])
      ORDER BY phone_number_id FOR NO KEY UPDATE SKIP LOCKED`),
  ]);
  const schedules = rows.map((row) => ({
    ...row,
    at: new Date(row.at),
    endsAt: row.endsAt === null ? null : new Date(row.endsAt),
  }));
  return {
    schedules: new Map(schedules.map((schedule) => [schedule.id, schedule])),
    freeNumbers: new Set(numbers.map(({ id }) => id)),
  };
}
