import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { can, deny } from "../access/authorize.ts";
import type { Prisma, Selection } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";

/** How long a selection is kept. */
const KEPT_MS = 24 * 3_600_000;

/** How many selections of one person are kept. */
export const MAX_SELECTIONS = 100;

export const selectionIdSchema = z.uuid({ error: "That is not the id of a selection." });

/** A selection without its numbers. Times are ISO 8601, UTC. */
export type SelectionRecord = {
  id: string;
  madeBy: { id: string; email: string; name: string };
  /** What the flags of its numbers are to be. */
  acceptsBsuid: boolean;
  /** The query of the list that it was made of; null when the rows were chosen one by one. */
  filter: string | null;
  /** How many numbers that found, of which a selection takes the `part`th 10,000. */
  total: number;
  part: number;
  hasNext: boolean;
  createdAt: string;
  expiresAt: string;
  /** What confirming it made; null while nobody did. */
  confirmed: { at: string; batchId: string | null; requestId: string | null } | null;
};

export const SELECTION_INCLUDE = {
  madeBy: { select: { id: true, email: true, name: true } },
} as const satisfies Prisma.SelectionInclude;

type Row = Selection & { madeBy: SelectionRecord["madeBy"] };

export function toSelectionRecord(row: Row): SelectionRecord {
  const { confirmedAt, batchId, requestId } = row;
  return {
    id: row.id,
    madeBy: row.madeBy,
    acceptsBsuid: row.acceptsBsuid,
    filter: row.filter,
    total: row.total,
    part: row.part,
    hasNext: row.nextCursor !== null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: new Date(row.createdAt.getTime() + KEPT_MS).toISOString(),
    confirmed: confirmedAt && { at: confirmedAt.toISOString(), batchId, requestId },
  };
}

/**
 * The selection, unless it is gone after its day.
 *
 * @throws AppError NOT_FOUND
 */
export function requireKept<Kept extends { createdAt: Date }>(row: Kept | null, now: Date): Kept {
  if (row && row.createdAt.getTime() + KEPT_MS > now.getTime()) return row;
  throw new AppError(
    "NOT_FOUND",
    "There is no such selection any more: one is kept for a day. Select the numbers again.",
  );
}

/** @throws AppError FORBIDDEN for whoever neither made it nor approves requests */
export function requireReader(actor: Actor, row: Pick<Selection, "id" | "madeById">): void {
  if (actor.id === row.madeById || can(actor, "request:decide")) return;
  throw deny(actor, {
    message: "Only who made this selection, and those who approve requests, may see it.",
    why: "another's selection",
    target: { type: "batch", id: row.id, display: "A selection" },
  });
}

/** @throws AppError FORBIDDEN for whoever did not make it */
export function requireMaker(actor: Actor, row: Pick<Selection, "id" | "madeById">): void {
  if (actor.id === row.madeById) return;
  throw deny(actor, {
    message: "Only who made this selection may change or confirm it. Make one of your own.",
    why: "another's selection",
    target: { type: "batch", id: row.id, display: "A selection" },
  });
}

/** @throws AppError CONFLICT */
export function requireUnconfirmed({ confirmedAt }: Pick<Selection, "confirmedAt">): void {
  if (confirmedAt === null) return;
  throw new AppError("CONFLICT", "This selection was confirmed already. Make a new one.");
}
