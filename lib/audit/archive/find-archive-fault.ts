import { isDeepStrictEqual } from "node:util";
import type { AuditArchive, Prisma } from "../../db/generated/client.ts";
import type { PublicKey } from "../../ed25519.ts";
import { GENESIS_HASH } from "../event.ts";
import { findHeadProblem } from "../head/find-head-problem.ts";
import { toSignedHead } from "../head/stored-head.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { type Archive, digestFlags, toTombstone } from "./find-archive.ts";

type Snapshot = Prisma.TransactionClient;

/** Younger entries are never archived, whatever the settings say; the database enforces it too. */
const YOUNGEST_MS = 90 * 24 * 3_600_000;

/**
 * Checks the archives against their entries in the trail: they follow one another from entry 1, each
 * entry has its archive, and the last one has the flags the replay starts from, a signed head at its
 * end, and no entry left in the trail. Returns the first fault, or null.
 */
export async function findArchiveFault(
  snapshot: Snapshot,
  { archive, keys }: { archive: AuditArchive | null; keys: ReadonlyMap<string, PublicKey> },
): Promise<TrailFault | null> {
  const all = await snapshot.auditArchive.findMany({
    orderBy: { lastSeq: "asc" },
    omit: { flags: true },
  });
  return (
    findGap(all) ??
    (await findTombstoneFault(snapshot, all)) ??
    (archive && (await findLastFault(snapshot, archive, keys))) ??
    (await findEarlier(snapshot, archive))
  );
}

/** The first archive that does not follow the one before it. */
function findGap(archives: readonly Archive[]): TrailFault | null {
  let before = { lastSeq: 0n, lastHash: GENESIS_HASH };
  for (const archive of archives) {
    if (archive.firstSeq !== before.lastSeq + 1n || archive.prevHash !== before.lastHash) {
      const problem = `Entry ${before.lastSeq + 1n} is in no archive that follows the one before: one of them was edited or removed.`;
      return { seq: Number(before.lastSeq) + 1, problem };
    }
    before = archive;
  }
  return null;
}

/** Compares archives with the tombstones that are still in the trail, in both directions. */
async function findTombstoneFault(
  snapshot: Snapshot,
  archives: readonly Archive[],
): Promise<TrailFault | null> {
  const rows = await snapshot.auditEvent.findMany({
    where: { action: "audit.archived", outcome: "success" },
    orderBy: { seq: "asc" },
  });
  const tombstones = new Map(rows.map((row) => [row.seq, row]));
  const begin = archives.at(-1)?.lastSeq ?? 0n;
  for (const archive of archives) {
    // Its tombstone is itself in a later archive.
    if (archive.bySeq > 0n && archive.bySeq <= begin) continue;
    const tombstone = tombstones.get(archive.bySeq);
    tombstones.delete(archive.bySeq);
    const bySeq = Number(archive.bySeq);
    if (!isDeepStrictEqual(tombstone?.after, toTombstone(archive))) {
      const problem = `Entries up to ${archive.lastSeq} are gone, and entry ${bySeq} does not tell of the archive that they are said to be in.`;
      return { seq: bySeq, problem };
    }
    const age = (tombstone?.occurredAt.getTime() ?? 0) - archive.lastAt.getTime();
    if (age >= YOUNGEST_MS) continue;
    const problem = `Entries up to ${archive.lastSeq} left when they were not 90 days old: entry ${bySeq} was not written by the console.`;
    return { seq: bySeq, problem };
  }
  const [stray] = tombstones.keys();
  if (stray === undefined) return null;
  const problem = `Entry ${stray} tells of an archive that is not there: one of them was forged or removed.`;
  return { seq: Number(stray), problem };
}

async function findLastFault(
  snapshot: Snapshot,
  archive: AuditArchive,
  keys: ReadonlyMap<string, PublicKey>,
): Promise<TrailFault | null> {
  const bySeq = Number(archive.bySeq);
  if (digestFlags(archive.flags ?? "") !== archive.flagsDigest) {
    const problem = `The flags that were kept when entries up to ${archive.lastSeq} left are not those that entry ${bySeq} attests.`;
    return { seq: bySeq, problem };
  }
  const heads = await snapshot.auditHead.findMany({ where: { seq: archive.lastSeq } });
  const { lastHash: hash } = archive;
  const isSigned = heads.some((row) => findHeadProblem(toSignedHead(row), { hash, keys }) === null);
  if (!isSigned) {
    const problem = `Entries up to ${archive.lastSeq} are gone, and no good head was signed where they end.`;
    return { seq: Number(archive.lastSeq), problem };
  }
  return null;
}

/** The fault when the database still has an entry that was archived. */
async function findEarlier(
  snapshot: Snapshot,
  archive: AuditArchive | null,
): Promise<TrailFault | null> {
  const earlier = await snapshot.auditEvent.findFirst({
    where: { seq: { lte: archive?.lastSeq ?? 0n } },
    orderBy: { seq: "asc" },
  });
  if (!earlier) return null;
  const seq = Number(earlier.seq);
  const what = seq > 0 ? "left into an archive, and is there again" : "is before the first";
  return { seq, problem: `Entry ${seq} ${what}.` };
}
