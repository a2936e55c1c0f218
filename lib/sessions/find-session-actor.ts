import { z } from "zod";
import type { Origin, PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Person, Session } from "../db/generated/client.ts";
import { standingAt } from "./session-record.ts";
import { PASSWORD_MAKER_SELECT, toPersonActor } from "./to-person-actor.ts";

const sessionSchema = z.object({ sessionId: z.uuid() });

/** A session's last use is written at most once a minute. */
const LAST_SEEN_STEP_MS = 60_000;

/** Who stands behind a session; `mustChoose`: a password of their own first, and nothing else before. */
export type SessionActor = { actor: PersonActor; mustChoose: boolean };

/**
 * The person of a browser session, read anew at each request: null when the session was ended,
 * is over or was idle for too long, when its person was disabled or their access changed (their
 * session version moved on). So a session ends at once, on every instance. Null, too, for who
 * signed in with a password that somebody else made: see findAnySessionActor.
 *
 * @param session what the session's cookie says, verified but not trusted to be current
 */
export async function findSessionActor(
  session: unknown,
  origin: Origin,
): Promise<PersonActor | null> {
  const result = await findAnySessionActor(session, origin);
  return result && !result.mustChoose ? result.actor : null;
}

/** Finds whose session it is, also where they have to choose a password first: for that alone, and for signing out. */
export async function findAnySessionActor(
  session: unknown,
  origin: Origin,
): Promise<SessionActor | null> {
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) return null;
  const now = databaseNow();
  const row = await db().session.findFirst({
    where: { id: parsed.data.sessionId, ...standingAt(now), person: { disabledAt: null } },
    include: { person: { include: { passwordMadeBy: { select: PASSWORD_MAKER_SELECT } } } },
  });
  if (!row || row.sessionVersion !== row.person.sessionVersion) return null;
  if (now.getTime() - row.lastSeenAt.getTime() >= LAST_SEEN_STEP_MS) {
    await db().session.updateMany({ where: { id: row.id }, data: { lastSeenAt: now } });
  }
  const passwordMaker = row.method === "password" ? row.person.passwordMadeBy : null;
  const actor = toPersonActor(row.person, { sessionId: row.id, passwordMaker, origin });
  return { actor, mustChoose: mustChoosePassword(row) };
}

/** Whoever signed in by an identity provider showed who they are, whatever their password is. */
export function mustChoosePassword({
  method,
  person,
}: Pick<Session, "method"> & { person: Pick<Person, "isPasswordTemporary"> }): boolean {
  return method === "password" && person.isPasswordTemporary;
}
