import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { AuditEvent } from "../db/generated/client.ts";
import { type LiveEntry, type LiveKind, toPosition } from "./live-entry.ts";

/** More entries than this at once are not told one by one. */
export const MAX_READ = 1_000;

const COLUMNS = {
  ...{ seq: true, hash: true, action: true, outcome: true, actorId: true },
  ...{ targetType: true, targetId: true, revision: true, occurredAt: true },
} as const;

type Row = Pick<AuditEvent, keyof typeof COLUMNS>;

/** The trail's entries after the one numbered `from`, up to `to`, oldest first: one query. */
export async function readEntries({
  from,
  to,
}: {
  from: number;
  to: number;
}): Promise<LiveEntry[]> {
  const rows = await db().auditEvent.findMany({
    where: { seq: { gt: from, lte: to } },
    orderBy: { seq: "asc" },
    select: COLUMNS,
  });
  const heardAt = performance.now();
  return rows.map((row) => toEntry(row, heardAt));
}

/** The trail's MAX_READ latest entries up to `to`, oldest first, as if heard of when they were written. */
export async function readLatestEntries(to: number): Promise<LiveEntry[]> {
  const rows = await db().auditEvent.findMany({
    where: { seq: { lte: to } },
    orderBy: { seq: "desc" },
    take: MAX_READ,
    select: COLUMNS,
  });
  const now = databaseNow().getTime();
  const toHeardAt = (at: Date) => performance.now() - (now - at.getTime());
  return rows.toReversed().map((row) => toEntry(row, toHeardAt(row.occurredAt)));
}

function toEntry(row: Row, heardAt: number): LiveEntry {
  return {
    kind: toKind(row),
    id: row.targetId,
    revision: row.revision === null ? null : Number(row.revision),
    actorId: row.actorId,
    onlyFor: null,
    position: toPosition(row),
    heardAt,
  };
}

/** A refusal changed nothing but the trail. */
function toKind({ action, outcome, targetType }: Row): LiveKind {
  if (outcome !== "success") return "audit";
  if (action === "flag.enabled" || action === "flag.disabled") return "flag";
  return targetType as LiveKind;
}
