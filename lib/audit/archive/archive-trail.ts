import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { type AuditedTransaction, inPreparedTransaction } from "../../db/transaction.ts";
import { withTurn } from "../../db/with-turn.ts";
import { AppError } from "../../errors.ts";
import { appendEvents } from "../append-events.ts";
import { getOrSignHead } from "../head/get-or-sign-head.ts";
import { readHead } from "../head/read-head.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import {
  type Archive,
  findArchive,
  findArchiveWithFlags,
  startAfterArchive,
  toTombstone,
} from "./find-archive.ts";
import { findSegment, type Segment } from "./find-segment.ts";
import { type WrittenArchive, writeArchive } from "./write-archive.ts";

/** Enough for 20,000 entries and the flags of a million numbers. */
const TIMEOUT_SECONDS = 300;

/**
 * Verifies the trail, then moves full months older than AUDIT_RETENTION_DAYS into signed files in
 * AUDIT_ARCHIVE_DIR, and records each move in an entry. Does nothing without the setting. Takes
 * `audit:keep` and `audit:read`, and a connection as the database's owner.
 *
 * @returns the new archives, oldest first; null when another process is archiving
 * @throws AppError CONFLICT when the trail fails verification, FORBIDDEN without the owner's rights; nothing
 * is archived then
 */
export async function archiveTrail(actor: Actor): Promise<Archive[] | null> {
  authorize(actor, "audit:keep");
  authorize(actor, "audit:read");
  const { retentionDays } = getConfig().audit;
  if (retentionDays === null) return [];
  await requireOwner();
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

/** Checked first, so that no file is written in vain. */
async function requireOwner(): Promise<void> {
  const [row] = await db().$queryRaw<{ may: boolean }[]>`
    SELECT has_function_privilege('audit_archive_entries(bigint[], text[], text, text)', 'EXECUTE') AS may`;
  if (row?.may) return;
  throw new AppError(
    "FORBIDDEN",
    "Only the database's owner can archive entries of the trail. Set OWNER_DATABASE_URL, and run npm run audit:archive.",
  );
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

/** Writes the file before it removes entries: a crash in between leaves a spare file and loses nothing. */
async function archiveSegment(actor: Actor, segment: Segment): Promise<Archive> {
  const before = await findArchiveWithFlags(db());
  const last = await db().auditEvent.findUniqueOrThrow({ where: { seq: segment.lastSeq } });
  const head = await getOrSignHead(last);
  const start = before && startAfterArchive(before);
  const { archiveDir: folder } = getConfig().audit;
  return await removeSegment(actor, await writeArchive({ folder, segment, head, start }));
}

/**
 * Removes the entries by a function of the database, which stores what they were. Flips go on meanwhile:
 * the ledger is locked only for the tombstone.
 */
async function removeSegment(
  actor: Actor,
  { file, fileDigest, seqs, hashes }: WrittenArchive,
): Promise<Archive> {
  const prepare = async (client: Prisma.TransactionClient) => {
    await client.$queryRaw`
      SELECT audit_archive_entries(${seqs}::bigint[], ${hashes}, ${file}, ${fileDigest})::text`;
    const archive = await findArchive(client);
    if (!archive) throw new Error("The new archive is not in the database.");
    return archive;
  };
  const work = async (tx: AuditedTransaction, archive: Archive) => {
    const target = { type: "audit", id: "trail", display: "The audit trail" } as const;
    const after = toTombstone(archive);
    await appendEvents(tx, [{ action: "audit.archived", target, before: null, after }]);
    return { ...archive, bySeq: BigInt(tx.head.seq) };
  };
  return await inPreparedTransaction(actor, { prepare, work, timeoutSeconds: TIMEOUT_SECONDS });
}
