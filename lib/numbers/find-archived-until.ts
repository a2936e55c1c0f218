import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { findArchive } from "../audit/archive/find-archive.ts";
import { db } from "../db/client.ts";

/**
 * Until when entries about a number may have left the trail into archives: then its history does
 * not begin with its beginning. Null for a younger number. Takes `number:read`.
 */
export async function findArchivedUntil(actor: Actor, phoneNumberId: string): Promise<Date | null> {
  authorize(actor, "number:read");
  const archive = await findArchive(db());
  if (!archive) return null;
  const older = await db().number.count({
    where: { phoneNumberId, createdAt: { lte: archive.lastAt } },
  });
  return older > 0 ? archive.lastAt : null;
}
