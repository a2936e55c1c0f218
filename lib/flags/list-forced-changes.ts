import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { storedTime } from "../stored-time.ts";

const NAMED = { select: { id: true, name: true } } as const;
type Named = { id: string; name: string };

/** A change that an admin made alone where two people are needed. Times are ISO 8601, UTC. */
export type ForcedChangeRecord = {
  batchId: string;
  display: string;
  forcedBy: Named;
  forcedAt: string;
  /** Why it could not wait for a second person. */
  reason: string;
  /** Null until another admin has reviewed it. */
  reviewedBy: Named | null;
  reviewedAt: string | null;
  review: string | null;
};

const listForcedChangesSchema = z.strictObject({
  isReviewed: z.boolean(),
  limit: limitSchema,
  cursor: z.string().optional(),
});

const positionSchema = z.tuple([storedTime(), z.uuid()]);

/**
 * Lists one page of the forced changes that wait for a review, or of those that had one, newest first. Takes
 * `desk:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid cursor
 */
export async function listForcedChanges(
  actor: Actor,
  input: z.input<typeof listForcedChangesSchema>,
): Promise<{ items: ForcedChangeRecord[]; total: number; nextCursor: string | null }> {
  authorize(actor, "desk:read");
  const { isReviewed, limit, cursor } = parseInput(listForcedChangesSchema, input);
  const where = { reviewedAt: isReviewed ? { not: null } : null };
  const [rows, total] = await Promise.all([
    db().forcedChange.findMany({
      where: { AND: [where, cursor === undefined ? {} : toBeyond(cursor)] },
      include: { forcedBy: NAMED, reviewedBy: NAMED },
      orderBy: [{ forcedAt: "desc" }, { batchId: "desc" }],
      take: limit + 1,
    }),
    db().forcedChange.count({ where }),
  ]);
  const items = rows.slice(0, limit).map(({ forcedById, reviewedById, ...row }) => ({
    ...row,
    forcedAt: row.forcedAt.toISOString(),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
  }));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, total, nextCursor: last ? toPageCursor([last.forcedAt, last.batchId]) : null };
}

function toBeyond(cursor: string): Prisma.ForcedChangeWhereInput {
  const [time, batchId] = parsePageCursor(positionSchema, cursor);
  const forcedAt = new Date(time);
  return { OR: [{ forcedAt: { lt: forcedAt } }, { forcedAt, batchId: { lt: batchId } }] };
}
