import { Prisma } from "../../db/generated/client.ts";
import type { SqlRunner } from "../../db/sql-runner.ts";

/** Something else that waits for some of the numbers: a request, or a schedule of one person. */
export type OtherWish = {
  kind: "request" | "schedule";
  id: string;
  display: string;
  /** How many of the numbers it names, and the first of them. */
  count: number;
  phoneNumberId: string;
};

const MAX_WISHES = 20;

/**
 * Reads what else waits for any of these numbers, oldest first, at most 20.
 *
 * @param asked.requestId the request that is looked at: it and its schedule are no other wish
 */
export async function readOtherWishes(
  runner: SqlRunner,
  {
    phoneNumberIds: ids,
    requestId = null,
  }: { phoneNumberIds: readonly string[]; requestId?: string | null },
): Promise<OtherWish[]> {
  const rows = await runner.query<OtherWish & { since: Date }>(Prisma.sql`
    SELECT 'request' AS kind, r.id, r.display, count(*)::int AS count,
      min(i.phone_number_id) AS "phoneNumberId", r.requested_at AS since
    FROM change_request_item i
    JOIN change_request r ON r.id = i.request_id AND r.state IN ('open', 'scheduled')
    WHERE i.phone_number_id = ANY(${ids}::text[]) AND r.id IS DISTINCT FROM ${requestId}::uuid
    GROUP BY r.id
    UNION ALL
    SELECT 'schedule', s.id, s.display, count(*)::int, min(i.phone_number_id), s.created_at
    FROM schedule_item i JOIN schedule s ON s.id = i.schedule_id AND s.state = 'waiting'
    WHERE i.phone_number_id = ANY(${ids}::text[]) AND s.request_id IS NULL
    GROUP BY s.id
    ORDER BY since, id LIMIT ${MAX_WISHES}`);
  return rows.map(({ since, ...wish }) => wish);
}
