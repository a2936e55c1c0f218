import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { type AuditedTransaction, inPreparedTransaction } from "../../db/transaction.ts";
import { withTurn } from "../../db/with-turn.ts";
import { AppError } from "../../errors.ts";
import { appendEvents } from "../append-events.ts";
import { keepHead } from "../head/keep-head.ts";
import { readHead } from "../head/read-head.ts";
import { verifyTrail } from "../verify-trail.ts";
import {
  type Archive,
  findArchiveWithFlags,
  startAfterArchive,
  toTombstone,
} from "./find-archive.ts";
import { findSegment, type Segment } from "./find-segment.ts";
import { writeArchive } from "./write-archive.ts";

/** For many entries, and the flags of a million numbers. */
const TIMEOUT_SECONDS = 300;

/**
 * Moves whole months that are older than AUDIT_RETENTION_DAYS from the trail into signed files of
 * AUDIT_ARCHIVE_DIR, each with an entry that tells of it, after verifying the whole trail. Without
 * the setting nothing leaves. Takes `audit:keep`, which only the console itself has, and
 * `audit:read`.
 *
 * @returns what left, oldest first; null when another console is at it
 * @throws AppError CONFLICT when the trail is not whole: then nothing leaves
 */
export async function archiveTrail(actor: Actor): Promise<Archive[] | null> {
  authorize(actor, "audit:keep");
  authorize(actor, "audit:read");
  const { retentionDays } = getConfig().audit;
  if (retentionDays === null) return [];
  return await withTurn("archive", async () => {
    const archives: Archive[] = [];
    for (;;) {
      const segment = await findSegment(retentionDays);
      if (!segment) return archives;
      if (archives.length === 0) await requireWholeTrail(actor);
      archives.push(await archiveSegment(actor, segment));
    }
  });
}

async function requireWholeTrail(actor: Actor): Promise<void> {
  await readHead(actor);
  const report = await verifyTrail(actor);
  if (report.isWhole) return;
  throw new AppError(
    "CONFLICT",
    `The trail is NOT whole, so nothing leaves it. ${report.problem} Find out first what happened.`,
  );
}

/** The file first: a crash between leaves one too many, and no entry too few. */
async function archiveSegment(actor: Actor, segment: Segment): Promise<Archive> {
  const before = await findArchiveWithFlags(db());
  const last = await db().auditEvent.findUniqueOrThrow({ where: { seq: segment.lastSeq } });
  const head = await keepHead(last);
  const start = before && startAfterArchive(before);
  const { archiveDir: folder } = getConfig().audit;
  const { file, fileDigest } = await writeArchive({ folder, segment, head, start });
  return await removeSegment(actor, { lastSeq: segment.lastSeq, file, fileDigest });
}

/**
 * The database takes the entries away by itself, and notes what they were, while flips go on: the
 * ledger is locked for the tombstone alone.
 */
async function removeSegment(
  actor: Actor,
  { lastSeq, file, fileDigest }: Pick<Archive, "lastSeq" | "file" | "fileDigest">,
): Promise<Archive> {
  const prepare = async (client: Prisma.TransactionClient) => {
    await client.$executeRaw`
      INSERT INTO audit_archive (last_seq, file, file_digest)
      VALUES (${lastSeq}, ${file}, ${fileDigest})`;
    return await client.auditArchive.findUniqueOrThrow({
      where: { lastSeq },
      omit: { flags: true },
    });
  };
  const work = async (tx: AuditedTransaction, archive: Archive) => {
    const target = { type: "audit", id: "trail", display: "The audit trail" } as const;
    const after = toTombstone(archive);
    await appendEvents(tx, [{ action: "audit.archived", target, before: null, after }]);
    return { ...archive, bySeq: BigInt(tx.head.seq) };
  };
  return await inPreparedTransaction(actor, { prepare, work, timeoutSeconds: TIMEOUT_SECONDS });
}
