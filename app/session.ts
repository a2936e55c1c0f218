import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession, type Session } from "next-auth";
import { cache } from "react";
import type { Origin, PersonActor } from "#lib/access/actor.ts";
import { findSessionActor } from "#lib/access/find-session-actor.ts";
import { ASKED_HEADER, toOrigin } from "#lib/http/origin.ts";
import { sessionOptions } from "./auth-options.ts";

/** Who is asking, read from the database once a request: null without a session that still stands. */
export const findActor = cache(async (): Promise<PersonActor | null> => {
  const session = await findSession();
  return session === null ? null : await findSessionActor(session, await readOrigin());
});

/** What the session's cookie says, whether or not that session still stands. */
export const findSession = cache(
  async (): Promise<Session | null> => await getServerSession(sessionOptions()),
);

/**
 * Who is asking; without a session, goes to the sign-in page.
 *
 * @param path where to come back to afterwards
 */
export async function requireActor(path: string): Promise<PersonActor> {
  return (await findActor()) ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** server.ts sets the request's id and the client's address itself, whatever the client sent. */
export async function readOrigin(): Promise<Origin> {
  const given = await headers();
  const requestId = given.get("x-request-id") ?? crypto.randomUUID();
  return toOrigin(given, { requestId, channel: "ui", asked: given.get(ASKED_HEADER) });
}
