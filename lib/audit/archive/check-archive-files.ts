import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { db } from "../../db/client.ts";
import type { TrailFault } from "../verify/trail-check.ts";

/** The state of the archives' files. */
export type ArchiveFiles = {
  /** The first file whose content has changed. */
  fault: TrailFault | null;
  /** Names of files that are not in the folder: stored elsewhere, or lost. */
  missing: string[];
};

/** Compares each archive's file in the folder with the SHA-256 in the trail. */
export async function checkArchiveFiles(folder: string): Promise<ArchiveFiles> {
  const archives = await db().auditArchive.findMany({
    orderBy: { lastSeq: "asc" },
    omit: { flags: true },
  });
  const missing: string[] = [];
  for (const { firstSeq, lastSeq, file, fileDigest } of archives) {
    const digest = await digestFile(path.join(folder, path.basename(file)));
    if (digest === null) missing.push(file);
    if (digest === null || digest === fileDigest) continue;
    const problem = `Entries ${firstSeq} to ${lastSeq} left into the file ${file}, and it is another now: its SHA-256 is not the one that the trail tells.`;
    return { fault: { seq: Number(firstSeq), problem }, missing };
  }
  return { fault: null, missing };
}

/** SHA-256, hex; null when there is no such file. */
async function digestFile(file: string): Promise<string | null> {
  const digest = createHash("sha256");
  try {
    await pipeline(createReadStream(file), digest);
    return digest.digest("hex");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
