import { createHash } from "node:crypto";
import type { AuditArchive, Prisma } from "../../db/generated/client.ts";
import type { AuditFields } from "../event.ts";
import type { Erasure } from "../private/erasure.ts";
import type { ReplayedFlag, TrailStart } from "../verify/trail-check.ts";

/** An archive of old entries, without the flags at its end, which may be megabytes. */
export type Archive = Omit<AuditArchive, "flags">;

type Reader = Pick<Prisma.TransactionClient, "auditArchive">;

/** The latest archive, after which the trail in the database begins. Null while there is none. */
export async function findArchive(reader: Reader): Promise<Archive | null> {
  return await reader.auditArchive.findFirst({
    orderBy: { lastSeq: "desc" },
    omit: { flags: true },
  });
}

/** Finds the latest archive with the flags at its end, for the replay. */
export async function findArchiveWithFlags(reader: Reader): Promise<AuditArchive | null> {
  return await reader.auditArchive.findFirst({ orderBy: { lastSeq: "desc" } });
}

/** The state at an archive's end, from which a check of the later entries starts. */
export function startAfterArchive(archive: AuditArchive): TrailStart {
  const revision = Number(archive.lastRevision);
  return {
    end: { seq: Number(archive.lastSeq), hash: archive.lastHash, revision },
    flags: parseFlags(archive),
    areFlagsWhole: true,
  };
}

/** The `after` of an archive's entry. The database compares these fields, too. */
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

/** SHA-256, hex, of the text of an archive's flags. */
export function digestFlags(flags: string): string {
  return createHash("sha256").update(flags).digest("hex");
}

/** The lines of an archive's flags, as the database's function `audit_flags_at` writes them. */
function toLines(archive: AuditArchive | null): string[] {
  return (archive?.flags ?? "").split("\n").filter((line) => line !== "");
}

const ERASED = "erased ";
const ASKED = "asked ";

/** Erasure requests that are open at an archive's end, by person; one line `asked PERSON TIME` each. */
export function toErasureRequests(archive: AuditArchive | null): Map<string, string> {
  const asked = toLines(archive).filter((line) => line.startsWith(ASKED));
  return new Map(asked.map((line) => line.split(" ").slice(1) as [string, string]));
}

/** All erasures up to an archive's end; one line `erased SEQ PERSON COUNT DIGEST` each. */
export function toErasures(archive: AuditArchive | null): Erasure[] {
  return toLines(archive).flatMap((line) => {
    if (!line.startsWith(ERASED)) return [];
    const [, seq, personId = "", count, digest = ""] = line.split(" ");
    return [{ seq: Number(seq), personId, count: Number(count), digest }];
  });
}

/** The flags at an archive's end; one line `ID ACCEPTS VERSION REVISION SEQ` per number that ever changed. */
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
