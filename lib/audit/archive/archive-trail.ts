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

/** For many entries, and the flags of a million numbers. */
const TIMEOUT_SECONDS = 300;

/**
 * Moves whole months that are older than AUDIT_RETENTION_DAYS from the trail into signed files of
 * AUDIT_ARCHIVE_DIR, each with an entry that tells of it, after verifying the whole trail. Without
 * the setting nothing leaves. Takes `audit:keep` and `audit:read`, and the database's owner: the
 * application's role may not.
 *
 * @returns what left, oldest first; null when somebody else is at it
 * @throws AppError CONFLICT when the trail is not whole, FORBIDDEN for who is not the owner: then nothing
 * leaves
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

/** Before a file is written that nothing would leave into. */
async function requireOwner(): Promise<void> {
  const [row] = await db().$queryRaw<{ may: boolean }[]>`
    SELECT has_function_privilege('audit_archive_entries(bigint[], text[], text, text)', 'EXECUTE') AS may`;
  if (row?.may) return;
  throw new AppError(
    "FORBIDDEN",
    "Entries leave the trail by the hand of the database's owner alone. Set OWNER_DATABASE_URL, and run npm run audit:archive.",
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

/** The file first: a crash between leaves one too many, and no entry too few. */
async function archiveSegment(actor: Actor, segment: Segment): Promise<Archive> {
  const before = await findArchiveWithFlags(db());
  const last = await db().auditEvent.findUniqueOrThrow({ where: { seq: segment.lastSeq } });
  const head = await keepHead(last);
  const start = before && startAfterArchive(before);
  const { archiveDir: folder } = getConfig().audit;
  return await removeSegment(actor, await writeArchive({ folder, segment, head, start }));
}

/**
 * The database takes the entries away by itself, and notes what they were, while flips go on: the
 * ledger is locked for the tombstone alone.
 */
async function removeSegment(
  actor: Actor,
  { file, fileDigest, seqs, hashes }: WrittenArchive,
): Promise<Archive> {
  const prepare = async (client: Prisma.TransactionClient) => {
    await client.$queryRaw`
      SELECT audit_archive_entries(${seqs}::bigint[], ${hashes}, ${file}, ${fileDigest})::text`;
    const archive = await findArchive(client);
    if (!archive) throw new Error("An archive was made, and is not there.");
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
