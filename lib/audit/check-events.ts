import type { Prisma } from "../db/generated/client.ts";
import type { SignedEvent } from "./event.ts";
import { toEventLine } from "./export/event-line.ts";
import type { HeadCheck } from "./head/head-check.ts";
import { CommitmentCheck } from "./private/commitment-check.ts";
import type { TrailCheck, TrailFault } from "./trail-check.ts";

const EVENTS_A_READ = 2_000;

/** Called after each read: how many entries were checked so far, and of how many. */
export type OnProgress = (entriesRead: number, ofEntries: number) => void;

type Checks = {
  check: TrailCheck;
  heads: HeadCheck;
  /** The last one to look at; else all that there are. */
  through?: number;
  onProgress?: OnProgress | undefined;
};

/** Follows the trail from where a check stands, with the signed heads and what entries commit to beside it. */
export async function checkEvents(
  snapshot: Prisma.TransactionClient,
  { check, heads, through, onProgress }: Checks,
): Promise<TrailFault | null> {
  const start = check.end.seq;
  const last = onProgress && (through ?? (await findLastSeq(snapshot)));
  const commitments = new CommitmentCheck(snapshot);
  for (;;) {
    const after = check.end.seq;
    const events = await readEvents(snapshot, { after, through });
    if (events.length === 0) return null;
    for (const [place, event] of events.entries()) {
      const problem = check.take(event);
      if (!problem) continue;
      // A signature that broke before this entry is the earlier fault.
      const earlier = await heads.take({ after, events: events.slice(0, place) });
      return earlier ?? { seq: event.seq, problem };
    }
    const fault = (await heads.take({ after, events })) ?? (await commitments.take(events));
    if (fault) return fault;
    if (last !== undefined) onProgress?.(check.end.seq - start, last - start);
  }
}

/** The next ones, as exports have them: the database makes their JSON at a fraction of the garbage. */
async function readEvents(
  snapshot: Prisma.TransactionClient,
  { after, through }: { after: number; through: number | undefined },
): Promise<SignedEvent[]> {
  const [page] = await snapshot.$queryRaw<{ text: string | null }[]>`
    SELECT string_agg(line, E'\n' ORDER BY seq) AS text
    FROM (SELECT seq, ${toEventLine("none")} AS line FROM audit_event
          WHERE seq > ${after} AND (${through ?? null}::bigint IS NULL OR seq <= ${through ?? null})
          ORDER BY seq LIMIT ${EVENTS_A_READ}) AS page`;
  const lines = page?.text?.split("\n") ?? [];
  return lines.map((line) => JSON.parse(line) as SignedEvent);
}

async function findLastSeq(snapshot: Prisma.TransactionClient): Promise<number> {
  const { _max } = await snapshot.auditEvent.aggregate({ _max: { seq: true } });
  return Number(_max.seq ?? 0n);
}
