import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/** What somebody's access left behind: a person's, or what came by one token or session. */
export type AccessOf = { personId: string } | { tokenId: string } | { sessionId: string };

/** How many schedules and requests wait to be carried out or decided. */
export type Waiting = { schedules: number; requests: number };

/**
 * Counts what still waits and came by a person, a token or a session, for whoever ended that access and decides
 * what else to end. Takes `desk:read`.
 */
export async function countWaiting(actor: Actor, by: AccessOf): Promise<Waiting> {
  authorize(actor, "desk:read");
  const isPerson = "personId" in by;
  const [schedules, requests] = await Promise.all([
    db().schedule.count({
      where: { state: "waiting", ...(isPerson ? { authorId: by.personId } : by) },
    }),
    db().changeRequest.count({
      where: { endedAt: null, ...(isPerson ? { requestedById: by.personId } : by) },
    }),
  ]);
  return { schedules, requests };
}
