import { z } from "zod";
import { db } from "../db/client.ts";
import type { Origin, PersonActor } from "./actor.ts";
import { standingAt } from "./session-record.ts";
import { toPersonActor } from "./to-person-actor.ts";

const sessionSchema = z.object({ sessionId: z.uuid() });

/** A session's last use is written at most once a minute. */
const LAST_SEEN_STEP_MS = 60_000;

/**
 * The person of a browser session, read anew at each request: null when the session was ended,
 * is over or was idle for too long, when its person was disabled or their access changed (their
 * session version moved on). So a session ends at once, on every instance.
 *
 * @param session what the session's cookie says, verified but not trusted to be current
 */
export async function findSessionActor(
  session: unknown,
  origin: Origin,
): Promise<PersonActor | null> {
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) return null;
  const now = new Date();
  const found = await db().session.findFirst({
    where: { id: parsed.data.sessionId, ...standingAt(now), person: { disabledAt: null } },
    include: { person: true },
  });
  if (!found || found.sessionVersion !== found.person.sessionVersion) return null;
  if (now.getTime() - found.lastSeenAt.getTime() >= LAST_SEEN_STEP_MS) {
    await db().session.updateMany({ where: { id: found.id }, data: { lastSeenAt: now } });
  }
  return toPersonActor(found.person, { sessionId: found.id, origin });
}
