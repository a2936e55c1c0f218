import { isDeepStrictEqual } from "node:util";
import type { AuditArchive, Prisma } from "../../db/generated/client.ts";
import type { TrailFault } from "../trail-check.ts";
import { digestFlags, toTombstone } from "./find-archive.ts";

/**
 * Whether the last archive is what its entry in the trail tells: where the chain begins now, which
 * file has the rest, and the flags that the replay goes on from. And whether what left is gone.
 */
export async function findArchiveFault(
  snapshot: Prisma.TransactionClient,
  archive: AuditArchive,
): Promise<TrailFault | null> {
  const bySeq = Number(archive.bySeq);
  const tombstone = await snapshot.auditEvent.findUnique({ where: { seq: archive.bySeq } });
  const isTold = isDeepStrictEqual(tombstone?.after, toTombstone(archive));
  if (tombstone?.action !== "audit.archived" || !isTold) {
    const problem = `Entries up to ${archive.lastSeq} are gone, and entry ${bySeq} does not tell of the archive that they are said to be in.`;
    return { seq: bySeq, problem };
  }
  if (digestFlags(archive.flags ?? "") !== archive.flagsDigest) {
    const problem = `The flags that were kept when entries up to ${archive.lastSeq} left are not those that entry ${bySeq} attests.`;
    return { seq: bySeq, problem };
  }
  const returned = await snapshot.auditEvent.findFirst({
    where: { seq: { lte: archive.lastSeq } },
    orderBy: { seq: "asc" },
  });
  if (!returned) return null;
  const seq = Number(returned.seq);
  return { seq, problem: `Entry ${seq} left into an archive, and is there again.` };
}
