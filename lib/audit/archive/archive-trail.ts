import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { inAuditedTransaction } from "../../db/transaction.ts";
import { withTurn } from "../../db/with-turn.ts";
import { AppError } from "../../errors.ts";
import { appendEvents } from "../append-events.ts";
import { GENESIS_HASH } from "../event.ts";
import { keepHead, readHead } from "../head/read-head.ts";
import { verifyTrail } from "../verify-trail.ts";
import {
  type Archive,
  digestFlags,
  findArchiveWithFlags,
  startAfterArchive,
  toTombstone,
} from "./find-archive.ts";
import { findSegment, type Segment } from "./find-segment.ts";
import { writeArchive } from "./write-archive.ts";

/** For twenty thousand entries, and the flags of a million numbers. */
const TIMEOUT_SECONDS = 120;

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
  const written = await writeArchive({ folder, segment, head, start });
  const flip = await db().auditEvent.findFirst({
    where: { seq: { lte: segment.lastSeq }, revision: { not: null } },
    orderBy: { revision: "desc" },
  });
  const content = {
    ...segment,
    ...written,
    prevHash: before?.lastHash ?? GENESIS_HASH,
    lastHash: last.hash,
    lastAt: last.occurredAt,
    lastRevision: flip?.revision ?? before?.lastRevision ?? 0n,
    lastRevisionHash: flip?.hash ?? before?.lastRevisionHash ?? GENESIS_HASH,
  };
  return await removeSegment(actor, content);
}

/** The trigger on `audit_archive` compares all of it with the trail, and takes the entries away. */
async function removeSegment(
  actor: Actor,
  content: Omit<Archive, "bySeq" | "flagsDigest">,
): Promise<Archive> {
  const { lastSeq } = content;
  return await inAuditedTransaction(
    actor,
    async (tx) => {
      const [kept] = await tx.db.$queryRaw<{ flags: string }[]>`
        SELECT audit_flags_at(${lastSeq}) AS flags`;
      const flags = kept?.flags ?? "";
      const bySeq = BigInt(tx.head.seq + 1);
      const archive = { ...content, bySeq, flagsDigest: digestFlags(flags) };
      const target = { type: "audit", id: "trail", display: "The audit trail" } as const;
      const after = toTombstone(archive);
      await appendEvents(tx, [{ action: "audit.archived", target, before: null, after }]);
      await tx.db.auditArchive.createMany({ data: [{ ...archive, flags }] });
      return archive;
    },
    { timeoutSeconds: TIMEOUT_SECONDS },
  );
}
