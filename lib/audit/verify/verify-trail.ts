import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { type AuditArchive, Prisma } from "../../db/generated/client.ts";
import { withOwnQueryLimit } from "../../db/query-limit.ts";
import type { PublicKey } from "../../ed25519.ts";
import { checkArchiveFiles } from "../archive/check-archive-files.ts";
import {
  findArchiveWithFlags,
  startAfterArchive,
  toErasureRequests,
  toErasures,
} from "../archive/find-archive.ts";
import { findArchiveFault } from "../archive/find-archive-fault.ts";
import { GENESIS_HASH } from "../event.ts";
import { auditKeys } from "../head/audit-keys.ts";
import { checkJournals, type JournalReport } from "../head/check-journals.ts";
import { findChainFault } from "../head/find-chain-fault.ts";
import { HeadCheck } from "../head/head-check.ts";
import type { SignedHead } from "../head/signed-head.ts";
import { findErasureFault } from "../private/find-erasure-fault.ts";
import { findPrivateFault } from "../private/find-private-fault.ts";
import { findOriginFault, findRestores, type Restore } from "../restore/find-restores.ts";
import { checkEvents, type OnProgress } from "./check-events.ts";
import { findFlagFault, findPointerFault } from "./find-flag-fault.ts";
import { findTimeFault } from "./find-time-fault.ts";
import { type RecheckRange, recheck, toNextRange } from "./recheck.ts";
import { type ChainEnd, TrailCheck, type TrailFault, type TrailStart } from "./trail-check.ts";

export type TrailReport =
  | {
      isWhole: true;
      events: number;
      /** The last archived entry; 0 when there is none. */
      archivedThrough: number;
      revision: number;
      hash: string;
      /** The last signed head, and how many were checked. */
      head: SignedHead | null;
      heads: number;
      /** The entries before `since` that were checked again; null when all were checked. */
      rechecked: RecheckRange | null;
      /** Archives whose files are not in `archiveDir`; null when the files were not checked. */
      missingFiles: string[] | null;
      /** The restores that the database's owner acknowledged. */
      restores: Restore[];
      /** The journals that were compared. */
      journals: JournalReport[];
    }
  | ({ isWhole: false } & TrailFault);

type Snapshot = Prisma.TransactionClient;
type Keys = ReadonlyMap<string, PublicKey>;

const MAX_READ_MS = 3_600_000;

/** What to verify. */
type Scope = {
  /** A head up to which the trail was verified before: only what follows is verified. Null: everything. */
  since: SignedHead | null;
  /** The last old entry that was rechecked so far. */
  recheckAfter?: number;
  /** How many old entries to recheck at most. */
  mostRechecked?: number;
  /** Files of consoles' journals to compare with the trail. */
  journals?: readonly string[];
  /** Called while new entries are checked, but not for rechecked ones. */
  onProgress?: OnProgress;
};

/**
 * Verifies a snapshot of the trail in the database: the chain, the signed heads, the ledger, the values that
 * entries commit to, and that replaying the flag events gives the stored flags. Takes `audit:read`.
 *
 * With `since` there is no replay (each flag is compared with the entry of its revision), and only some of the
 * old entries are rechecked.
 *
 * @param options.keys the trusted keys; if there are none, signatures are not checked
 * @param options.archiveDir the folder of the archives' files, if they are to be checked, too
 */
export async function verifyTrail(
  actor: Actor,
  {
    keys = auditKeys().keys,
    archiveDir,
    ...scope
  }: { keys?: Keys; archiveDir?: string } & Partial<Scope> = {},
): Promise<TrailReport> {
  authorize(actor, "audit:read");
  const report = await verifyDatabase(keys, { since: null, ...scope });
  if (archiveDir === undefined || !report.isWhole) return report;
  const { fault, missing } = await checkArchiveFiles(archiveDir);
  return fault ? { isWhole: false, ...fault } : { ...report, missingFiles: missing };
}

async function verifyDatabase(keys: Keys, scope: Scope): Promise<TrailReport> {
  return await withOwnQueryLimit((limit) =>
    db().$transaction(
      async (snapshot) => {
        limit.milliseconds = MAX_READ_MS;
        return await verifySnapshot(snapshot, keys, scope);
      },
      {
        isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
        timeout: MAX_READ_MS,
      },
    ),
  );
}

async function verifySnapshot(snapshot: Snapshot, keys: Keys, scope: Scope): Promise<TrailReport> {
  const unreadable = await findTimeFault(snapshot);
  if (unreadable) return { isWhole: false, ...unreadable };
  const archive = await findArchiveWithFlags(snapshot);
  const archivedThrough = Number(archive?.lastSeq ?? 0n);
  const since = scope.since && scope.since.seq >= archivedThrough ? scope.since : null;
  const heads = new HeadCheck(snapshot, keys);
  const check = new TrailCheck(await findStart(snapshot, { since, archive }));
  const { seq, hash } = check.end;
  const restores = await findRestores(snapshot);
  const rechecked = since && toNextRange(archive, toRecheckScope(scope, since));
  const fault =
    (await heads.take({ after: seq - 1, events: [{ seq, hash }] })) ??
    (rechecked && (await recheck(snapshot, { range: rechecked, archive, keys }))) ??
    (await checkEvents(snapshot, { check, heads, onProgress: scope.onProgress })) ??
    (await findLedgerFault(snapshot, { end: check.end, archive })) ??
    (await heads.findBeyond(check.end.seq)) ??
    (await findChainFault(snapshot)) ??
    (await findOriginFault(snapshot, { restores, archivedThrough })) ??
    (await findArchiveFault(snapshot, { archive, keys })) ??
    (await findPrivateFault(snapshot, toErasures(archive))) ??
    (await findErasureFault(snapshot, toErasureRequests(archive))) ??
    (await (since
      ? findPointerFault(snapshot, archive)
      : findFlagFault(snapshot, { replayed: check, archive })));
  if (fault) return { isWhole: false, ...fault };
  const files = scope.journals ?? [];
  const journals = await checkJournals(snapshot, { files, keys, restores });
  if (journals.fault) return { isWhole: false, ...journals.fault };
  const { seq: events, revision, hash: end } = check.end;
  const { last: head, count } = heads;
  const ends = { events, archivedThrough, revision: revision ?? 0, hash: end };
  const signed = { head, heads: count, journals: journals.journals, restores };
  return { isWhole: true, ...ends, ...signed, rechecked, missingFiles: null };
}

function toRecheckScope({ recheckAfter = 0, mostRechecked }: Scope, { seq }: SignedHead) {
  return {
    after: recheckAfter,
    through: seq,
    ...(mostRechecked === undefined ? {} : { most: mostRechecked }),
  };
}

async function findStart(
  snapshot: Snapshot,
  { since, archive }: { since: SignedHead | null; archive: AuditArchive | null },
): Promise<TrailStart | undefined> {
  if (since) return await startAfter(snapshot, { since, archive });
  return archive ? startAfterArchive(archive) : undefined;
}

/** Starts a check after a head's entry. The head itself is compared with that entry elsewhere. */
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
  return {
    end: { seq, hash: entry?.hash ?? (isArchived ? archive.lastHash : ""), revision },
    flags: new Map(),
    areFlagsWhole: false,
  };
}

async function findLedgerFault(
  snapshot: Snapshot,
  { end, archive }: { end: ChainEnd; archive: AuditArchive | null },
): Promise<TrailFault | null> {
  const ledger = await snapshot.ledger.findUnique({ where: { id: 1 } });
  if (!ledger)
    return { seq: end.seq, problem: "The ledger, which says where the trail ends, is gone." };
  const seq = Number(ledger.seq);
  if (seq > end.seq) {
    const problem = `Entry ${end.seq + 1} is missing: the trail ends at ${end.seq}, and the ledger says that entry ${seq} is the last.`;
    return { seq: end.seq + 1, problem };
  }
  const agrees = seq === end.seq && ledger.headHash === end.hash;
  const isOfRevision = ledger.revisionHash === (await findRevisionHash(snapshot, { end, archive }));
  if (agrees && isOfRevision && Number(ledger.revision) === end.revision) return null;
  const problem = `The ledger says that entry ${seq} of revision ${ledger.revision} is the last, and the trail ends at entry ${end.seq} of revision ${end.revision}: the ledger was moved, or entries were added by hand.`;
  return { seq: end.seq, problem };
}

/** The hash of the last entry that changed a flag. */
async function findRevisionHash(
  snapshot: Snapshot,
  { end, archive }: { end: ChainEnd; archive: AuditArchive | null },
): Promise<string> {
  const revision = BigInt(end.revision ?? 0);
  const entry = await snapshot.auditEvent.findUnique({ where: { revision } });
  if (entry) return entry.hash;
  return archive?.lastRevision === revision ? archive.lastRevisionHash : GENESIS_HASH;
}
