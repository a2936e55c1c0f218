import { Prisma } from "../../db/generated/client.ts";
import { EVENT_TERMS } from "./event-terms.ts";
import type { SeqRange } from "./find-time-bounds.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";

/** A filter, without its account, as an SQL condition on `audit_event` within a range of entries. */
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

/** Conditions for a range of times and of entries; the latter because an index by time has another order than the list. */
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

/** A single actor is an equality, for which an index has the entries in the trail's order. */
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
