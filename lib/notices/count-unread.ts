import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { toOwnNotices } from "./own-notices.ts";

/** How many of their own notices somebody has not read. */
export async function countUnread(actor: PersonActor): Promise<number> {
  return await db().notice.count({ where: { ...toOwnNotices(actor), readAt: null } });
}
