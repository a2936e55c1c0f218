import { db } from "../../db/client.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** The entries after one and before another, both exclusive. */
export type SeqRange = { after: bigint; before: bigint | null };

/** PostgreSQL does not read JavaScript's form of later years. */
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** No event is missed if a clock stepped back by at most this much. */
const CLOCK_STEP_MS = 24 * 3_600_000;

/**
 * Bounds a range of times by entries. The list is in the order of entries, so a condition on time alone
 * would read and drop all later entries.
 */
export async function findTimeBounds({
  from,
  to,
}: Pick<AuditFilter, "from" | "to">): Promise<SeqRange> {
  const last =
    from &&
    (await db().auditEvent.findFirst({
      where: { occurredAt: { lt: new Date(from.getTime() - CLOCK_STEP_MS) } },
      orderBy: [{ occurredAt: "desc" }, { seq: "desc" }],
      select: { seq: true },
    }));
  const next =
    to &&
    (await db().auditEvent.findFirst({
      where: { occurredAt: { gte: new Date(Math.min(to.getTime() + CLOCK_STEP_MS, LAST_MS)) } },
      orderBy: [{ occurredAt: "asc" }, { seq: "asc" }],
      select: { seq: true },
    }));
  return { after: last?.seq ?? 0n, before: next?.seq ?? null };
}
