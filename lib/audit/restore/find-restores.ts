import type { Prisma } from "../../db/generated/client.ts";
import { openEvents } from "../private/open-events.ts";
import { toSignedEvent } from "../to-signed-event.ts";
import type { TrailFault } from "../verify/trail-check.ts";

/** A restore of the trail to an earlier state, which the database's owner acknowledged. */
export type Restore = {
  /** The `seq` of the entry that records it. */
  bySeq: number;
  /** ISO 8601, UTC, milliseconds. */
  at: string;
  /** Who acknowledged it, as the trail names them. */
  by: string;
  formerOrigin: string;
  origin: string;
  /** Signed entries that the present trail does not have. */
  lost: { firstSeq: number; lastSeq: number };
};

/** All acknowledged restores whose entries are not archived, oldest first. */
export async function findRestores(
  reader: Pick<Prisma.TransactionClient, "auditEvent" | "privateValue">,
): Promise<Restore[]> {
  const rows = await reader.auditEvent.findMany({
    where: { action: "audit.restored", outcome: "success" },
    orderBy: { seq: "asc" },
  });
  const events = await openEvents(rows.map(toSignedEvent), reader);
  return events.map(({ seq, occurredAt, actor, after }) => ({
    bySeq: seq,
    at: occurredAt,
    by: actor.name ?? actor.id,
    formerOrigin: String(after?.formerOrigin),
    origin: String(after?.origin),
    lost: {
      firstSeq: Number(after?.restoredToSeq) + 1,
      lastSeq: Number(after?.lastSeq),
    },
  }));
}

/** Checks that each origin but the first has its entry, and each of those entries its origin. */
export async function findOriginFault(
  snapshot: Prisma.TransactionClient,
  { restores, archivedThrough }: { restores: readonly Restore[]; archivedThrough: number },
): Promise<TrailFault | null> {
  const rows = await snapshot.auditOrigin.findMany({ orderBy: { sinceSeq: "asc" } });
  const origins = new Map(rows.map(({ sinceSeq, origin }) => [Number(sinceSeq), origin]));
  const recorded = new Map(restores.map(({ bySeq, origin }) => [bySeq, origin]));
  for (const [seq, origin] of origins) {
    const isRecorded = seq <= archivedThrough || recorded.get(seq) === origin;
    if (!isRecorded) return { seq, problem: `No entry tells why the trail's origin is ${origin}.` };
  }
  for (const [seq, origin] of recorded) {
    if (origins.get(seq) === origin) continue;
    return { seq, problem: `Entry ${seq} tells of the origin ${origin}, which is not there.` };
  }
  return null;
}
