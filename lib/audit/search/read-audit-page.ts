import { z } from "zod";
import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { ArchivedPart } from "../archive/find-archived-part.ts";
import type { AuditEvent } from "../event.ts";
import { openEvents } from "../private/open-events.ts";
import { toSignedEvent } from "../to-signed-event.ts";
import { findByTerms } from "./find-by-terms.ts";
import { findTimeBounds, type SeqRange } from "./find-time-bounds.ts";
import type { ResolvedFilter } from "./resolve-filter.ts";
import { toAuditCondition } from "./to-audit-condition.ts";
import { toAuditTerms } from "./to-audit-terms.ts";

export type AuditPage = { items: AuditEvent[]; nextCursor: string | null };

/** A page, and the part of the trail that it lacks because it is archived. */
export type TrailPage = AuditPage & { archived: ArchivedPart | null };

export const auditCursorSchema = z
  .string()
  .regex(/^[0-9]{1,15}$/, "cursor is not one that this list gave out. Start again without it.");

/** How many of the newest entries are searched without an index: frequent entries are among them. */
const NEWEST = 1_000;

/**
 * Reads a page of events, newest first. The cursor is the last `seq` shown, so that pages do not shift while
 * the trail grows.
 *
 * @throws AppError UNAVAILABLE for a search that takes too long
 */
export async function readAuditPage(
  filter: ResolvedFilter,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<AuditPage> {
  const range = upTo(cursor, await findTimeBounds(filter));
  const seqs = await findSeqs(filter, { range, wanted: limit + 1 });
  const rows = await db().auditEvent.findMany({
    where: { seq: { in: seqs.slice(0, limit) } },
    orderBy: { seq: "desc" },
  });
  const items = await openEvents(rows.map(toSignedEvent));
  const last = items.at(-1);
  return { items, nextCursor: seqs.length > limit && last ? String(last.seq) : null };
}

function upTo(cursor: string | undefined, { after, before }: SeqRange): SeqRange {
  if (cursor === undefined) return { after, before };
  const last = BigInt(cursor);
  return { after, before: before === null || last < before ? last : before };
}

type Part = { range: SeqRange; wanted: number };

async function findSeqs(filter: ResolvedFilter, { range, wanted }: Part): Promise<bigint[]> {
  const condition = toAuditCondition(filter, range);
  const newest = Prisma.sql`ORDER BY seq DESC LIMIT ${wanted}`;
  if (isInOrder(filter)) return await readSeqs(inOrder(filter.accountId, { condition, newest }));
  const ofAccount =
    filter.accountId === undefined
      ? Prisma.empty
      : Prisma.sql`AND target_type = 'number' AND target_id IN (
          SELECT phone_number_id FROM number WHERE account_id = ${filter.accountId}::uuid)`;
  const recent = await readSeqs(Prisma.sql`
    SELECT seq FROM (
      SELECT * FROM audit_event WHERE ${toAuditCondition({}, range)}
      ORDER BY seq DESC LIMIT ${NEWEST}) AS recent
    WHERE ${condition} ${ofAccount} ${newest}`);
  return recent.length === wanted ? recent : await findByTerms(filter, { range, wanted });
}

/**
 * Whether an index has a filter's entries in the trail's order, so that no others are read. Also true for
 * one target, which has few entries.
 */
function isInOrder(filter: ResolvedFilter): boolean {
  if (filter.targetId !== undefined) return true;
  const count = toAuditTerms(filter).length + (filter.reason === undefined ? 0 : 1);
  if (count === 0) return true;
  const isIndexed = filter.actorIds?.length === 1 || filter.action !== undefined;
  return count === 1 && isIndexed && filter.accountId === undefined;
}

type Order = { condition: Prisma.Sql; newest: Prisma.Sql };

function inOrder(accountId: string | undefined, { condition, newest }: Order): Prisma.Sql {
  if (accountId === undefined) {
    return Prisma.sql`SELECT seq FROM audit_event WHERE ${condition} ${newest}`;
  }
  // One number at a time: its index has its events in the trail's order, however rare they are.
  return Prisma.sql`
    SELECT seq FROM number CROSS JOIN LATERAL (
      SELECT seq FROM audit_event
      WHERE target_type = 'number' AND target_id = phone_number_id AND ${condition} ${newest}
    ) AS events
    WHERE account_id = ${accountId}::uuid ${newest}`;
}

async function readSeqs(query: Prisma.Sql): Promise<bigint[]> {
  const rows = await db().$queryRaw<{ seq: bigint }[]>(query);
  return rows.map(({ seq }) => seq);
}
