import { db } from "../../db/client.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** Entries after one and before another; neither is among them. */
export type SeqRange = { after: bigint; before: bigint | null };

/** JavaScript's later years are none that PostgreSQL reads. */
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Clocks may have stepped back by as much without an event being missed. */
const CLOCK_STEP_MS = 24 * 3_600_000;

/**
 * The entries between which a range of times can be: the list is in the order of entries, and a
 * range of times alone would have all later entries read and thrown away.
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
