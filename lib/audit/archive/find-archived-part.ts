import { db } from "../../db/client.ts";
import { findArchive } from "./find-archive.ts";

/** The entries that left the trail into archives: no list has them any more. */
export type ArchivedPart = {
  /** The last of them. */
  throughSeq: number;
  /** When that happened; ISO 8601, UTC, milliseconds. */
  until: string;
};

/**
 * What left the trail and may be missing in a list.
 *
 * @param from what the list begins with, if it does not begin with the trail
 * @returns null when nothing left, or all that left is older
 */
export async function findArchivedPart(from?: Date): Promise<ArchivedPart | null> {
  const archive = await findArchive(db());
  if (!archive || (from && from > archive.lastAt)) return null;
  return { throughSeq: Number(archive.lastSeq), until: archive.lastAt.toISOString() };
}
