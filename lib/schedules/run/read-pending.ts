import { db } from "../../db/client.ts";
import type { Person, Prisma } from "../../db/generated/client.ts";

/** A schedule whose time has come, as read without a lock: it may be moved, cancelled or done meanwhile. */
export type PendingSchedule = {
  id: string;
  author: Person;
  request: { requestedBy: Person; decidedBy: Person | null } | null;
  /** What it names never changes. */
  phoneNumberIds: string[];
};

/** The most that one look takes up. */
const MAX_PENDING = 100;

const INCLUDE = {
  author: true,
  request: { select: { requestedBy: true, decidedBy: true } },
  items: { select: { phoneNumberId: true }, orderBy: { phoneNumberId: "asc" } },
} as const satisfies Prisma.ScheduleInclude;

/**
 * Reads the schedules whose time has come by the database's clock, in their order. One that follows another
 * waits for it.
 */
export async function readPending(): Promise<PendingSchedule[]> {
  const ids = await db().$queryRaw<{ id: string }[]>`
    SELECT s.id FROM schedule s LEFT JOIN schedule a ON a.id = s.after_id
    WHERE s.state = 'waiting' AND s.next_attempt_at <= clock_timestamp()
      AND a.state IS DISTINCT FROM 'waiting'
    ORDER BY s.next_attempt_at, s.id LIMIT ${MAX_PENDING}`;
  if (ids.length === 0) return [];
  const rows = await db().schedule.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    include: INCLUDE,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => {
    const row = byId.get(id);
    if (!row) return [];
    const { author, request, items } = row;
    return [{ id, author, request, phoneNumberIds: items.map((item) => item.phoneNumberId) }];
  });
}

/** How long it is, in milliseconds by the database's clock, until the next schedule's time; null when none waits. */
export async function readTimeToNext(): Promise<number | null> {
  const [row] = await db().$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(next_attempt_at) - clock_timestamp()) * 1000)::float8 AS ms
    FROM schedule WHERE state = 'waiting' AND next_attempt_at > clock_timestamp()`;
  return row?.ms ?? null;
}
