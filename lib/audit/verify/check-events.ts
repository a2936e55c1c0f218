import type { Prisma } from "../../db/generated/client.ts";
import type { SignedEvent } from "../event.ts";
import { toEventLine } from "../export/event-line.ts";
import type { HeadCheck } from "../head/head-check.ts";
import { CommitmentCheck } from "../private/commitment-check.ts";
import type { ChainEnd, TrailCheck, TrailFault } from "./trail-check.ts";

const EVENTS_PER_READ = 512;
/** How many are parsed at a time: few enough that V8 frees them while they are young. Their text has some 60 kB. */
const EVENTS_PER_PART = 64;

/** Called after each read, with the number of entries checked so far and of all entries. */
export type OnProgress = (entriesRead: number, ofEntries: number) => void;

type Checks = {
  check: TrailCheck;
  heads: HeadCheck;
  /** The last entry to check. Default: the trail's last. */
  through?: number;
  onProgress?: OnProgress | undefined;
};

/** Checks the trail from where `check` ended, with its signed heads and commitments; returns the first fault. */
export async function checkEvents(
  snapshot: Prisma.TransactionClient,
  { check, heads, through, onProgress }: Checks,
): Promise<TrailFault | null> {
  const start = check.end.seq;
  const last = onProgress && (through ?? (await findLastSeq(snapshot)));
  const commitments = new CommitmentCheck(snapshot);
  for (;;) {
    const after = check.end.seq;
    const parts = await readParts(snapshot, { after, through });
    if (parts.length === 0) return null;
    const checked: ChainEnd[] = [];
    const fault = await checkParts(parts, { check, commitments, checked });
    // Report a bad signature before this fault instead: it is earlier in the trail.
    const events = fault ? checked.filter(({ seq }) => seq <= fault.seq) : checked;
    const earliest = (await heads.take({ after, events })) ?? fault;
    if (earliest) return earliest;
    if (last !== undefined) onProgress?.(check.end.seq - start, last - start);
  }
}

type PartChecks = {
  check: TrailCheck;
  commitments: CommitmentCheck;
  /** The good entries are added to it. */
  checked: ChainEnd[];
};

async function checkParts(
  parts: readonly string[],
  { check, commitments, checked }: PartChecks,
): Promise<TrailFault | null> {
  for (const part of parts) {
    const events = part.split("\n").map((line) => JSON.parse(line) as SignedEvent);
    for (const [index, event] of events.entries()) {
      const problem = check.take(event);
      if (problem) {
        const earlier = await commitments.take(events.slice(0, index));
        return earlier ?? { seq: event.seq, problem };
      }
      checked.push(check.end);
    }
    const fault = await commitments.take(events);
    if (fault) return fault;
  }
  return null;
}

/** Reads the next entries as lines of JSON, like exports: made by the database, they cause a fraction of the garbage. */
async function readParts(
  snapshot: Prisma.TransactionClient,
  { after, through }: { after: number; through: number | undefined },
): Promise<string[]> {
  const rows = await snapshot.$queryRaw<{ text: string | null }[]>`
    SELECT string_agg(line, E'\n' ORDER BY seq) AS text
    FROM (SELECT seq, seq / ${EVENTS_PER_PART} AS part, ${toEventLine("none")} AS line FROM audit_event
          WHERE seq > ${after} AND (${through ?? null}::bigint IS NULL OR seq <= ${through ?? null})
          ORDER BY seq LIMIT ${EVENTS_PER_READ}) AS page
    GROUP BY part ORDER BY part`;
  // A line without a hash is null, and left out: what comes after it then says that an entry is missing.
  return rows.flatMap(({ text }) => text ?? []);
}

async function findLastSeq(snapshot: Prisma.TransactionClient): Promise<number> {
  const { _max } = await snapshot.auditEvent.aggregate({ _max: { seq: true } });
  return Number(_max.seq ?? 0n);
}
