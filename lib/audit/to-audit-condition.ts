import { Prisma } from "../db/generated/client.ts";
import type { AuditFilter } from "./audit-filter.ts";
import { EVENT_TERMS } from "./event-terms.ts";
import type { SeqRange } from "./find-time-bounds.ts";

/** A filter as SQL on `audit_event`, within a range of entries; the account is left to the reader. */
export function toAuditCondition(
  filter: Omit<AuditFilter, "accountId">,
  range: SeqRange,
): Prisma.Sql {
  const { actorId, actorEmail, action, targetType, targetId, channel, outcome, reason } = filter;
  const conditions = [
    ...equal("actor_id", actorId),
    ...equal("actor_email", actorEmail),
    ...equal("action", action),
    ...equal("target_type", targetType),
    ...equal("target_id", targetId),
    ...equal("channel", channel),
    ...equal("outcome", outcome),
    ...(reason === undefined ? [] : [Prisma.sql`${EVENT_TERMS} @@ audit_words_query(${reason})`]),
    ...toRangeConditions(filter, range),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`TRUE`;
}

/** When an event was, and where. An index by time would give another order than the list's. */
export function toRangeConditions(
  { from, to }: Pick<AuditFilter, "from" | "to">,
  { after, before }: SeqRange,
): Prisma.Sql[] {
  return [
    ...(from ? [Prisma.sql`occurred_at >= ${from}`] : []),
    ...(to ? [Prisma.sql`occurred_at < ${to}`] : []),
    ...(after > 0n ? [Prisma.sql`seq > ${after}`] : []),
    ...(before === null ? [] : [Prisma.sql`seq < ${before}`]),
  ];
}

function equal(column: string, value: string | undefined): Prisma.Sql[] {
  return value === undefined ? [] : [Prisma.sql`${Prisma.raw(column)} = ${value}`];
}
