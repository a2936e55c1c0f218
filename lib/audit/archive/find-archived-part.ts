import { db } from "../../db/client.ts";
import { findArchive } from "./find-archive.ts";

/** The part of the trail that is in archives, and so in no list. */
export type ArchivedPart = {
  /** The last archived entry. */
  throughSeq: number;
  /** When that entry was written; ISO 8601, UTC, milliseconds. */
  until: string;
};

/**
 * Finds the archived part of the trail that a list may lack.
 *
 * @param from the list's earliest time, if it has one
 * @returns null when nothing was archived, or only entries before `from`
 */
export async function findArchivedPart(from?: Date): Promise<ArchivedPart | null> {
  const archive = await findArchive(db());
  if (!archive || (from && from > archive.lastAt)) return null;
  return { throughSeq: Number(archive.lastSeq), until: archive.lastAt.toISOString() };
}
