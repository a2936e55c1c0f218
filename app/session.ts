import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession, type Session } from "next-auth";
import { cache } from "react";
import type { Origin, PersonActor } from "#lib/access/actor.ts";
import { ASKED_HEADER, toOrigin } from "#lib/http/request/origin.ts";
import { findAnySessionActor, type SessionActor } from "#lib/sessions/find-session-actor.ts";
import { sessionOptions } from "./auth-options.ts";

/**
 * Who is asking, read from the database once a request: null without a session that still stands,
 * and for who has to choose a password first, to whom nothing is open but the page for that.
 */
export async function findActor(): Promise<PersonActor | null> {
  const result = await findAnyActor();
  return result && !result.mustChoose ? result.actor : null;
}

/** Who has to choose a password first, for the page and the action where they do. */
export async function findChooser(): Promise<PersonActor | null> {
  const result = await findAnyActor();
  return result?.mustChoose ? result.actor : null;
}

const findAnyActor = cache(async (): Promise<SessionActor | null> => {
  const session = await findSession();
  return session === null ? null : await findAnySessionActor(session, await readOrigin());
});

/** What the session's cookie says, whether or not that session still stands. */
export const findSession = cache(
  async (): Promise<Session | null> => await getServerSession(sessionOptions()),
);

/**
 * Who is asking; anybody else goes to the sign-in page, which knows how they go on.
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
