import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { type AuditArchive, Prisma } from "../db/generated/client.ts";
import { withOwnQueryLimit } from "../db/query-limit.ts";
import { findArchiveWithFlags, startAfterArchive } from "./archive/find-archive.ts";
import { findArchiveFault } from "./archive/find-archive-fault.ts";
import { findFlagFault, findPointerFault } from "./find-flag-fault.ts";
import { auditKeys } from "./head/audit-keys.ts";
import type { PublicKey } from "./head/ed25519.ts";
import { HeadCheck } from "./head/head-check.ts";
import type { SignedHead } from "./head/signed-head.ts";
import { collectRestated } from "./restatement-check.ts";
import { toAuditEvent } from "./to-audit-event.ts";
import { type ChainEnd, TrailCheck, type TrailFault, type TrailStart } from "./trail-check.ts";

export type TrailReport =
  | {
      isWhole: true;
      events: number;
      /** The last of them that left into an archive; 0 when none did. */
      archivedThrough: number;
      revision: number;
      hash: string;
      /** The last signed head that agrees with the trail, and how many do. */
      head: SignedHead | null;
      heads: number;
    }
  | ({ isWhole: false } & TrailFault);

type Snapshot = Prisma.TransactionClient;
type Keys = ReadonlyMap<string, PublicKey>;

const EVENTS_A_READ = 2_000;
const LONGEST_READ_MS = 3_600_000;

/**
 * Verifies the trail in the database, as of one moment: the chain, the signed heads, the ledger
 * at its end, and that replaying the flag events gives the flag table. Takes `audit:read`.
 *
 * @param options.keys who may have signed heads; with none, signatures are not checked
 * @param options.since a head whose trail was verified before: only what came after it is followed,
 *   and each flag is compared with the entry that it names
 */
export async function verifyTrail(
  actor: Actor,
  { keys = auditKeys().known, since = null }: { keys?: Keys; since?: SignedHead | null } = {},
): Promise<TrailReport> {
  authorize(actor, "audit:read");
  return await withOwnQueryLimit((limit) =>
    db().$transaction(
      async (snapshot) => {
        limit.milliseconds = LONGEST_READ_MS;
        return await verifySnapshot(snapshot, { keys, since });
      },
      {
        isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
        timeout: LONGEST_READ_MS,
      },
    ),
  );
}

async function verifySnapshot(
  snapshot: Snapshot,
  { keys, since }: { keys: Keys; since: SignedHead | null },
): Promise<TrailReport> {
  const archive = await findArchiveWithFlags(snapshot);
  const isSince = since !== null && BigInt(since.seq) >= (archive?.lastSeq ?? 0n);
  const check = new TrailCheck(
    isSince
      ? await startAfter(snapshot, { since, archive })
      : archive
        ? startAfterArchive(archive)
        : undefined,
  );
  const heads = new HeadCheck(snapshot, keys);
  const { seq, hash } = check.end;
  const fault =
    (await heads.take({ after: seq - 1, events: [{ seq, hash }] })) ??
    (await checkEvents(snapshot, check, heads)) ??
    (await findLedgerFault(snapshot, check.end)) ??
    (await heads.findBeyond(check.end.seq)) ??
    check.findFaultAtEnd() ??
    (archive && (await findArchiveFault(snapshot, archive))) ??
    (await (isSince ? findPointerFault(snapshot, archive) : findFlagFault(snapshot, check)));
  if (fault) return { isWhole: false, ...fault };
  const { seq: events, revision, hash: end } = check.end;
  const { last: head, count } = heads;
  const archivedThrough = Number(archive?.lastSeq ?? 0n);
  const ends = { events, archivedThrough, revision: revision ?? 0, hash: end };
  return { isWhole: true, ...ends, head, heads: count };
}

/** The head itself is compared with its entry as every other is. */
async function startAfter(
  snapshot: Snapshot,
  { since: { seq }, archive }: { since: SignedHead; archive: AuditArchive | null },
): Promise<TrailStart> {
  const entry = await snapshot.auditEvent.findUnique({ where: { seq } });
  const isArchived = archive?.lastSeq === BigInt(seq);
  const { _max } = await snapshot.auditEvent.aggregate({
    where: { seq: { lte: seq } },
    _max: { revision: true },
  });
  const revision = Number(_max.revision ?? archive?.lastRevision ?? 0n);
  const restated = await snapshot.auditEvent.findMany({
    where: { seq: { lte: seq }, restatedBy: { gt: seq } },
    orderBy: { seq: "asc" },
  });
  return {
    end: { seq, hash: entry?.hash ?? (isArchived ? archive.lastHash : ""), revision },
    flags: new Map(),
    areFlagsWhole: false,
    restated: collectRestated(restated.map(toAuditEvent)),
  };
}

async function checkEvents(
  snapshot: Snapshot,
  check: TrailCheck,
  heads: HeadCheck,
): Promise<TrailFault | null> {
  for (;;) {
    const after = check.end.seq;
    const rows = await snapshot.auditEvent.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: "asc" },
      take: EVENTS_A_READ,
    });
    if (rows.length === 0) return null;
    const events = rows.map(toAuditEvent);
    for (const [place, event] of events.entries()) {
      const problem = check.take(event);
      if (!problem) continue;
      // A signature that broke before this entry is the earlier fault.
      const earlier = await heads.take({ after, events: events.slice(0, place) });
      return earlier ?? { seq: event.seq, problem };
    }
    const fault = await heads.take({ after, events });
    if (fault) return fault;
  }
}

async function findLedgerFault(snapshot: Snapshot, end: ChainEnd): Promise<TrailFault | null> {
  const ledger = await snapshot.ledger.findUniqueOrThrow({ where: { id: 1 } });
  const seq = Number(ledger.seq);
  if (seq > end.seq) {
    const problem = `Entry ${end.seq + 1} is missing: the trail ends at ${end.seq}, and the ledger says that entry ${seq} is the last.`;
    return { seq: end.seq + 1, problem };
  }
  const agrees = seq === end.seq && ledger.headHash === end.hash;
  if (agrees && Number(ledger.revision) === end.revision) return null;
  const problem = `The ledger says that entry ${seq} of revision ${ledger.revision} is the last, and the trail ends at entry ${end.seq} of revision ${end.revision}: the ledger was moved, or entries were added by hand.`;
  return { seq: end.seq, problem };
}
