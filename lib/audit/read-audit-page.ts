import { z } from "zod";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { AuditEvent } from "./event.ts";
import { toAuditEvent } from "./to-audit-event.ts";

export type AuditPage = { items: AuditEvent[]; nextCursor: string | null };

/** What a page is of: SQL on `audit_event`, and how to come by the newest that meet it. */
export type AuditSelection = {
  condition: Prisma.Sql;
  /** Only events of this account's numbers. */
  accountId?: string | undefined;
  /** The condition looks for words, which no index has in the trail's order. */
  hasWords?: boolean;
};

export const auditCursorSchema = z
  .string()
  .regex(/^[0-9]{1,15}$/, "cursor is not one that this list gave out. Start again without it.");

/** Where rare words are looked for first, before the index of words gives all that there are. */
const NEWEST = 1_000;

/** Events newest first. The cursor is the last `seq` shown, so pages stay put while the trail grows. */
export async function readAuditPage(
  selection: AuditSelection,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<AuditPage> {
  const before = cursor === undefined ? Prisma.empty : Prisma.sql`AND seq < ${BigInt(cursor)}`;
  const newest = Prisma.sql`ORDER BY seq DESC LIMIT ${limit + 1}`;
  const found = await findSeqs(selection, { before, newest, wanted: limit + 1 });
  const rows = await db().auditEvent.findMany({
    where: { seq: { in: found.slice(0, limit) } },
    orderBy: { seq: "desc" },
  });
  const items = rows.map(toAuditEvent);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last ? String(last.seq) : null };
}

type Part = { before: Prisma.Sql; newest: Prisma.Sql; wanted: number };

async function findSeqs(
  { condition, accountId, hasWords = false }: AuditSelection,
  { before, newest, wanted }: Part,
): Promise<bigint[]> {
  if (accountId !== undefined) {
    // A number at a time: however rare its events, its index has them in the trail's order.
    return toSeqs(
      await db().$queryRaw<Found>`
        SELECT seq FROM number CROSS JOIN LATERAL (
          SELECT seq FROM audit_event
          WHERE target_type = 'number' AND target_id = phone_number_id AND ${condition} ${before}
          ${newest}) AS events
        WHERE account_id = ${accountId}::uuid ${newest}`,
    );
  }
  const matching = Prisma.sql`SELECT seq FROM audit_event WHERE ${condition} ${before} ${newest}`;
  if (!hasWords) return toSeqs(await db().$queryRaw<Found>(matching));
  const recent = toSeqs(
    await db().$queryRaw<Found>`
      SELECT seq FROM (SELECT * FROM audit_event WHERE TRUE ${before} ORDER BY seq DESC LIMIT ${NEWEST}) AS recent
      WHERE ${condition} ${newest}`,
  );
  return recent.length === wanted ? recent : await findByWords(matching);
}

/**
 * By the index of words. PostgreSQL takes any beginning of a word for a frequent one, and would
 * rather read the trail from its end: for ever, when the word is rare.
 */
async function findByWords(matching: Prisma.Sql): Promise<bigint[]> {
  return await db().$transaction(async (tx) => {
    await tx.$executeRaw`
      SELECT set_config('enable_indexscan', 'off', true), set_config('enable_seqscan', 'off', true)`;
    return toSeqs(await tx.$queryRaw<Found>(matching));
  });
}

type Found = { seq: bigint }[];

function toSeqs(rows: Found): bigint[] {
  return rows.map(({ seq }) => seq);
}
