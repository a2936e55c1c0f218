import type { Prisma } from "../../db/generated/client.ts";
import { openEvents } from "../private/open-events.ts";
import { toSignedEvent } from "../to-signed-event.ts";
import type { TrailFault } from "../verify/trail-check.ts";

/** The trail was restored to an earlier state, and the database's owner said so. */
export type Restore = {
  /** The entry that tells of it. */
  bySeq: number;
  /** ISO 8601, UTC, milliseconds. */
  at: string;
  /** Who said so, as the trail names them. */
  by: string;
  formerOrigin: string;
  origin: string;
  /** Signed entries that the present trail does not have. */
  lost: { firstSeq: number; lastSeq: number };
};

/** All of them, oldest first, as far as the entries that tell of them are not archived. */
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

/** Whether each origin but the first has its entry, and each such entry its origin. */
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
