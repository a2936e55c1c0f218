import { createHash } from "node:crypto";
import type { AuditArchive, Prisma } from "../../db/generated/client.ts";
import type { AuditFields } from "../event.ts";
import type { Erasure } from "../private/erasure.ts";
import type { ReplayedFlag, TrailStart } from "../verify/trail-check.ts";

/** Old entries that left into a file; without the flags after them, which may be megabytes. */
export type Archive = Omit<AuditArchive, "flags">;

type Reader = Pick<Prisma.TransactionClient, "auditArchive">;

/** The last archive: the trail in the database begins after it. Null while nothing has left. */
export async function findArchive(reader: Reader): Promise<Archive | null> {
  return await reader.auditArchive.findFirst({
    orderBy: { lastSeq: "desc" },
    omit: { flags: true },
  });
}

/** Finds the latest archive with the flags after it, for the replay. */
export async function findArchiveWithFlags(reader: Reader): Promise<AuditArchive | null> {
  return await reader.auditArchive.findFirst({ orderBy: { lastSeq: "desc" } });
}

/** What follows an archive goes on from here. */
export function startAfterArchive(archive: AuditArchive): TrailStart {
  const revision = Number(archive.lastRevision);
  return {
    end: { seq: Number(archive.lastSeq), hash: archive.lastHash, revision },
    flags: parseFlags(archive),
    areFlagsWhole: true,
  };
}

/** What the entry of an archive says of it: its `after`. The database compares the same. */
export function toTombstone(archive: Archive): AuditFields {
  const { prevHash, lastHash, lastRevisionHash, file, fileDigest, flagsDigest } = archive;
  const firstSeq = Number(archive.firstSeq);
  const lastSeq = Number(archive.lastSeq);
  return {
    firstSeq,
    lastSeq,
    entries: lastSeq - firstSeq + 1,
    prevHash,
    lastHash,
    lastAt: archive.lastAt.toISOString(),
    lastRevision: Number(archive.lastRevision),
    lastRevisionHash,
    file,
    fileDigest,
    flagsDigest,
  };
}

/** SHA-256, hex, of the kept flags' text. */
export function digestFlags(flags: string): string {
  return createHash("sha256").update(flags).digest("hex");
}

/** What is kept, a line each (`audit_flags_at` of the database). */
function toLines(archive: AuditArchive | null): string[] {
  return (archive?.flags ?? "").split("\n").filter((line) => line !== "");
}

const ERASED = "erased ";
const ASKED = "asked ";

/** Erasures that are asked for at an archive's end, by person: a line `asked PERSON TIME` each. */
export function toErasureRequests(archive: AuditArchive | null): Map<string, string> {
  const asked = toLines(archive).filter((line) => line.startsWith(ASKED));
  return new Map(asked.map((line) => line.split(" ").slice(1) as [string, string]));
}

/** The erasures that entries up to an archive's end tell of: a line `erased SEQ PERSON COUNT DIGEST` each. */
export function toErasures(archive: AuditArchive | null): Erasure[] {
  return toLines(archive).flatMap((line) => {
    if (!line.startsWith(ERASED)) return [];
    const [, seq, personId = "", count, digest = ""] = line.split(" ");
    return [{ seq: Number(seq), personId, count: Number(count), digest }];
  });
}

/** A line `ID ACCEPTS VERSION REVISION SEQ` for each number that ever changed. */
function parseFlags(archive: AuditArchive): Map<string, ReplayedFlag> {
  const flags = new Map<string, ReplayedFlag>();
  for (const line of toLines(archive)) {
    const [id = "", accepts, version, revision, seq] = line.split(" ");
    if (line.startsWith(ERASED) || line.startsWith(ASKED)) continue;
    const [times, at, by] = [version, revision, seq].map(Number);
    flags.set(id, {
      accepts: accepts === "1",
      version: times ?? 0,
      revision: at ?? 0,
      seq: by ?? 0,
    });
  }
  return flags;
}
