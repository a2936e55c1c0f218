import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import { Prisma } from "../../db/generated/client.ts";
import { AppError } from "../../errors.ts";
import { readLines } from "../../read-lines.ts";
import { syncFolder } from "../../sync-folder.ts";
import type { SignedEvent } from "../event.ts";
import { readMatching } from "../export/read-matching.ts";
import { toJsonLines } from "../export/to-json-lines.ts";
import { verifyExport } from "../export/verify-export.ts";
import { auditKeys } from "../head/audit-keys.ts";
import type { SignedHead } from "../head/signed-head.ts";
import type { TrailStart } from "../verify/trail-check.ts";
import type { Segment } from "./find-segment.ts";

/** In characters. Small, because on the database's disk a flip's flush waits behind this one. */
const SYNC_AFTER = 1_000_000;

/** The file's name in the folder, its SHA-256 in hex, and the entries that were read back from it. */
export type WrittenArchive = {
  file: string;
  fileDigest: string;
  seqs: bigint[];
  hashes: string[];
};

type ArchiveContent = {
  folder: string;
  segment: Segment;
  /** The signed head of the segment's last entry. */
  head: SignedHead;
  /** The end of the archive before this one; null for the first. */
  start: TrailStart | null;
};

/**
 * Writes a segment as a signed export, flushes it to disk, reads it back and verifies it. The
 * digest is in the file's name, so that no other file is ever overwritten.
 *
 * @throws AppError CONFLICT when the file that was read back fails verification
 */
export async function writeArchive(content: ArchiveContent): Promise<WrittenArchive> {
  const { folder, segment } = content;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const range = `audit-${padSeq(segment.firstSeq)}-${padSeq(segment.lastSeq)}`;
  const unfinished = path.join(folder, `${range}.unfinished`);
  const fileDigest = await writeThrough(unfinished, toLines(content));
  await requireWhole(unfinished, { fileDigest, start: content.start });
  const entries = await readBack(unfinished);
  const file = `${range}-${fileDigest.slice(0, 16)}.jsonl`;
  await rename(unfinished, path.join(folder, file));
  await syncFolder(folder);
  return { file, fileDigest, ...entries };
}

function toLines({ segment, head }: ArchiveContent): AsyncGenerator<string> {
  const { firstSeq, lastSeq } = segment;
  const condition = Prisma.sql`seq >= ${firstSeq}`;
  const [first, last] = [Number(firstSeq), Number(lastSeq)];
  const range = { count: last - first + 1, firstSeq: first, lastSeq: last };
  const summary = {
    ...range,
    head,
    filter: null,
    withheld: "all" as const,
    isArchive: true as const,
  };
  return toJsonLines(readMatching({ condition, upTo: lastSeq }, "none"), summary, async () => ({}));
}

/** Pads, so that files sort by name in the order of their entries. */
function padSeq(seq: bigint): string {
  return String(seq).padStart(12, "0");
}

async function writeThrough(file: string, chunks: AsyncIterable<string>): Promise<string> {
  const digest = createHash("sha256");
  await using handle = await open(file, "w", 0o600);
  let unsynced = 0;
  for await (const chunk of chunks) {
    digest.update(chunk);
    await handle.writeFile(chunk);
    unsynced += chunk.length;
    if (unsynced < SYNC_AFTER) continue;
    await handle.datasync();
    unsynced = 0;
  }
  await handle.sync();
  return digest.digest("hex");
}

async function requireWhole(
  file: string,
  { fileDigest, start }: { fileDigest: string; start: TrailStart | null },
): Promise<void> {
  const keys = auditKeys().keys;
  const report = await verifyExport(createReadStream(file), { keys, start });
  const problem = report.isWhole ? null : report.problem;
  if (report.isWhole && report.fileDigest === fileDigest) return;
  throw new AppError(
    "CONFLICT",
    `The archive that was written is damaged: ${problem ?? "it does not read back as it was written."} Nothing was removed from the trail. Check the disk of AUDIT_ARCHIVE_DIR.`,
  );
}

/** Reads the entries from the file itself, so that the database removes exactly what is on the disk. */
async function readBack(file: string): Promise<Pick<WrittenArchive, "seqs" | "hashes">> {
  const seqs: bigint[] = [];
  const hashes: string[] = [];
  for await (const line of readLines(createReadStream(file))) {
    const { seq, hash } = JSON.parse(line.toString("utf8")) as Partial<SignedEvent>;
    if (seq === undefined || hash === undefined) break;
    seqs.push(BigInt(seq));
    hashes.push(hash);
  }
  return { seqs, hashes };
}
