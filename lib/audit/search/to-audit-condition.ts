import { Prisma } from "../../db/generated/client.ts";
import { EVENT_TERMS } from "./event-terms.ts";
import type { SeqRange } from "./find-time-bounds.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";

/** A filter as SQL on `audit_event`, within a range of entries; the account is left to the reader. */
export function toAuditCondition(
  filter: Omit<ResolvedFilter, "accountId">,
  range: SeqRange,
): Prisma.Sql {
  const { actorIds, action, targetType, targetId, channel, outcome, reason } = filter;
  const conditions = [
    ...toActorConditions(actorIds),
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
  { from, to }: Pick<ResolvedFilter, "from" | "to">,
  { after, before }: SeqRange,
): Prisma.Sql[] {
  return [
    ...(from ? [Prisma.sql`occurred_at >= ${from}`] : []),
    ...(to ? [Prisma.sql`occurred_at < ${to}`] : []),
    ...(after > 0n ? [Prisma.sql`seq > ${after}`] : []),
    ...(before === null ? [] : [Prisma.sql`seq < ${before}`]),
  ];
}

/** One by itself is an equality, which an index has in the trail's order. */
function toActorConditions(ids: readonly string[] | undefined): Prisma.Sql[] {
  if (ids === undefined) return [];
  const [only] = ids;
  return only !== undefined && ids.length === 1
    ? equal("actor_id", only)
    : [Prisma.sql`actor_id = ANY (${ids}::text[])`];
}

function equal(column: string, value: string | undefined): Prisma.Sql[] {
  return value === undefined ? [] : [Prisma.sql`${Prisma.raw(column)} = ${value}`];
}
