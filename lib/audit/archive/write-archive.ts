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

/** Little at a time: on the database's disk, a flip's flush waits behind it. */
const SYNC_AFTER = 1_000_000;

/** A file of the folder, the SHA-256 of it, hex, and the entries that were read back from it. */
export type WrittenArchive = {
  file: string;
  fileDigest: string;
  seqs: bigint[];
  hashes: string[];
};

type ArchiveContent = {
  folder: string;
  segment: Segment;
  /** Of the segment's last entry. */
  head: SignedHead;
  /** Where the trail begins now. */
  start: TrailStart | null;
};

/**
 * Writes a segment as a signed export, brings it to the disk, and reads it again: what it returns
 * is there and whole. The digest is in the name, so that no other file is ever written over.
 *
 * @throws AppError CONFLICT when what was read again is not whole
 */
export async function writeArchive(content: ArchiveContent): Promise<WrittenArchive> {
  const { folder, segment } = content;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const range = `audit-${toPlace(segment.firstSeq)}-${toPlace(segment.lastSeq)}`;
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

/** Files sort as their entries do. */
function toPlace(seq: bigint): string {
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
    `The file that was written is not whole: ${problem ?? "it reads other than it was written."} Nothing left the trail. Look after the disk of AUDIT_ARCHIVE_DIR.`,
  );
}

/** By the file's own lines: what the database parts with is what the disk has. */
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
