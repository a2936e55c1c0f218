import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Session } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { activeSessionsAt } from "./session-record.ts";

const MAX_LISTED = 100;

/** A browser that somebody is signed in with; `isCurrent` if it sent this request. */
export type ListedSession = Pick<
  Session,
  "id" | "method" | "ip" | "userAgent" | "createdAt" | "lastSeenAt" | "expiresAt"
> & { isCurrent: boolean };

/**
 * Lists a person's active sessions, newest first, at most 100: the actor's own, or somebody else's
 * with `person:manage`.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function listSessions(actor: Actor, personId: string): Promise<ListedSession[]> {
  const id = parseInput(z.uuid(), personId);
  if (actor.type !== "person" || actor.id !== id) authorize(actor, "person:manage");
  const person = await db().person.findUnique({ where: { id } });
  if (!person) throw new AppError("NOT_FOUND", "There is no such person.");
  if (person.disabledAt) return [];
  const { sessionVersion } = person;
  const sessions = await db().session.findMany({
    where: { personId: id, sessionVersion, ...activeSessionsAt(databaseNow()) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MAX_LISTED,
    omit: { personId: true, sessionVersion: true, endedAt: true },
  });
  const current = actor.type === "person" ? actor.sessionId : null;
  return sessions.map((session) => ({ ...session, isCurrent: session.id === current }));
}
