import type { AuditArchive, Prisma } from "../../db/generated/client.ts";
import type { PublicKey } from "../../ed25519.ts";
import { GENESIS_HASH } from "../event.ts";
import { HeadCheck } from "../head/head-check.ts";
import { checkEvents } from "./check-events.ts";
import { TrailCheck, type TrailFault } from "./trail-check.ts";

/** Takes some ten seconds of one processor. */
const MAX_ENTRIES = 200_000;

/** Entries that were verified before and are checked again. */
export type RecheckRange = { firstSeq: number; lastSeq: number };

/**
 * The old entries to recheck next: all of them, or, when there are more than `most`, those after the last
 * ones rechecked, starting over at the trail's beginning once the end was reached.
 *
 * @param options.after the last entry that was rechecked, or 0
 * @param options.through the last entry that was verified before
 */
export function toNextRange(
  archive: AuditArchive | null,
  { after, through, most = MAX_ENTRIES }: { after: number; through: number; most?: number },
): RecheckRange | null {
  const before = Number(archive?.lastSeq ?? 0n);
  const isAllRead = through - before <= most;
  const start = !isAllRead && after > before && after < through ? after : before;
  if (start >= through) return null;
  return { firstSeq: start + 1, lastSeq: Math.min(through, start + most) };
}

/** Checks old entries again: their hashes, the chain and the signed heads. Returns the first fault. */
export async function recheck(
  snapshot: Prisma.TransactionClient,
  {
    range: { firstSeq, lastSeq },
    archive,
    keys,
  }: { range: RecheckRange; archive: AuditArchive | null; keys: ReadonlyMap<string, PublicKey> },
): Promise<TrailFault | null> {
  const seq = firstSeq - 1;
  const before = await snapshot.auditEvent.findUnique({ where: { seq } });
  const hash = before?.hash ?? findFirstPrevHash(seq, archive);
  if (hash === null) return toMissing(seq);
  const check = new TrailCheck({
    end: { seq, hash, revision: null },
    flags: new Map(),
    areFlagsWhole: false,
  });
  const heads = new HeadCheck(snapshot, keys);
  const fault = await checkEvents(snapshot, { check, heads, through: lastSeq });
  if (fault || check.end.seq === lastSeq) return fault;
  return toMissing(check.end.seq + 1);
}

/** The `prevHash` of the trail's first entry, if that is the one after `seq`; else null. */
function findFirstPrevHash(seq: number, archive: AuditArchive | null): string | null {
  if (BigInt(seq) !== (archive?.lastSeq ?? 0n)) return null;
  return archive?.lastHash ?? GENESIS_HASH;
}

function toMissing(seq: number): TrailFault {
  return { seq, problem: `Entry ${seq} is missing: it was there before.` };
}
