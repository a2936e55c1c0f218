import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** Clocks may have stepped back by as much without an event being missed. */
const CLOCK_STEP_MS = 24 * 3_600_000;

/** A filter as SQL on `audit_event`; the account is left to the reader. */
export async function toAuditCondition(
  filter: Omit<AuditFilter, "accountId">,
): Promise<Prisma.Sql> {
  const { actorId, actorEmail, action, targetType, targetId, channel, outcome, reason } = filter;
  const conditions = [
    ...equal("actor_id", actorId),
    ...equal("actor_email", actorEmail),
    ...equal("action", action),
    ...equal("target_type", targetType),
    ...equal("target_id", targetId),
    ...equal("channel", channel),
    ...equal("outcome", outcome),
    ...(reason === undefined
      ? []
      : [Prisma.sql`array_to_tsvector(audit_words(reason)) @@ audit_words_query(${reason})`]),
    ...(await toTimeConditions(filter)),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`TRUE`;
}

function equal(column: string, value: string | undefined): Prisma.Sql[] {
  return value === undefined ? [] : [Prisma.sql`${Prisma.raw(column)} = ${value}`];
}

/**
 * The times, and the entries between which they can be: the list is in the order of entries, and
 * a range of times alone would have all later entries read and thrown away.
 */
async function toTimeConditions({
  from,
  to,
}: Pick<AuditFilter, "from" | "to">): Promise<Prisma.Sql[]> {
  const conditions: Prisma.Sql[] = [];
  if (from) {
    const last = await db().auditEvent.findFirst({
      where: { occurredAt: { lt: new Date(from.getTime() - CLOCK_STEP_MS) } },
      orderBy: [{ occurredAt: "desc" }, { seq: "desc" }],
      select: { seq: true },
    });
    conditions.push(Prisma.sql`occurred_at >= ${from} AND seq > ${last?.seq ?? 0n}`);
  }
  if (to) {
    const next = await db().auditEvent.findFirst({
      where: { occurredAt: { gte: new Date(to.getTime() + CLOCK_STEP_MS) } },
      orderBy: [{ occurredAt: "asc" }, { seq: "asc" }],
      select: { seq: true },
    });
    conditions.push(Prisma.sql`occurred_at < ${to}`);
    if (next) conditions.push(Prisma.sql`seq < ${next.seq}`);
  }
  return conditions;
}
