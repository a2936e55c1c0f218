import { z } from "zod";
import { db } from "../db/client.ts";
import type { Origin, PersonActor } from "./actor.ts";

const sessionSchema = z.object({ personId: z.uuid(), sessionVersion: z.int() });

/**
 * The person of a browser session, read anew at each request: null when they were disabled or
 * their session version moved on (a changed role), so that a session ends at once.
 *
 * @param session what the session's cookie says, verified but not trusted to be current
 */
export async function findSessionActor(
  session: unknown,
  origin: Origin,
): Promise<PersonActor | null> {
  const parsed = sessionSchema.safeParse(session);
  if (!parsed.success) return null;
  const { personId, sessionVersion } = parsed.data;
  const person = await db().person.findFirst({
    where: { id: personId, sessionVersion, disabledAt: null },
  });
  if (!person) return null;
  const { id, email, name, role } = person;
  return { type: "person", id, email, name, role, sessionVersion, tokenId: null, origin };
}
