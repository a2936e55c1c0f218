import { z } from "zod";
import type { Origin, PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Person, Session } from "../db/generated/client.ts";
import { type Preferences, toPreferences } from "../preferences.ts";
import { activeSessionsAt } from "./session-record.ts";
import { PASSWORD_MAKER_SELECT, toPersonActor } from "./to-person-actor.ts";

const sessionSchema = z.object({ sessionId: z.uuid() });

/** A session's last use is written at most once a minute. */
const LAST_SEEN_STEP_MS = 60_000;

/** A session's person; with `mustChoose` they may do nothing until they have chosen their own password. */
export type SessionActor = { actor: PersonActor; mustChoose: boolean; preferences: Preferences };

/**
 * Finds the person of a browser session. Reads the database at each request, so that a session ends at once
 * on every instance: null when it was ended, has expired or was idle for too long, or when the person was
 * disabled or their access changed. Null, too, while they must choose a password: see findAnySessionActor.
 *
 * @param session the content of the session's cookie: verified, but perhaps out of date
 */
export async function findSessionActor(
  session: unknown,
  origin: Origin,
): Promise<PersonActor | null> {
  const result = await findAnySessionActor(session, origin);
  return result && !result.mustChoose ? result.actor : null;
}

/** Finds the person of a session even if they must choose a password first; only for choosing it and signing out. */
export async function findAnySessionActor(
  session: unknown,
  origin: Origin,
): Promise<SessionActor | null> {
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) return null;
  const now = databaseNow();
  const row = await db().session.findFirst({
    where: { id: parsed.data.sessionId, ...activeSessionsAt(now), person: { disabledAt: null } },
    include: { person: { include: { passwordMadeBy: { select: PASSWORD_MAKER_SELECT } } } },
  });
  if (!row || row.sessionVersion !== row.person.sessionVersion) return null;
  if (now.getTime() - row.lastSeenAt.getTime() >= LAST_SEEN_STEP_MS) {
    await db().session.updateMany({ where: { id: row.id }, data: { lastSeenAt: now } });
  }
  const passwordMaker = row.method === "password" ? row.person.passwordMadeBy : null;
  const actor = toPersonActor(row.person, { sessionId: row.id, passwordMaker, origin });
  const preferences = toPreferences(row.person);
  return { actor, mustChoose: mustChoosePassword(row), preferences };
}

/** Whether somebody signed in with a password that an admin made. Not after OpenID, which proves who they are. */
export function mustChoosePassword({
  method,
  person,
}: Pick<Session, "method"> & { person: Pick<Person, "isPasswordTemporary"> }): boolean {
  return method === "password" && person.isPasswordTemporary;
}
