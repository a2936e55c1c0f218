import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession, type Session } from "next-auth";
import { cache } from "react";
import type { Origin, PersonActor } from "#lib/access/actor.ts";
import { ASKED_HEADER, toOrigin } from "#lib/http/request/origin.ts";
import type { Preferences } from "#lib/preferences.ts";
import { findAnySessionActor, type SessionActor } from "#lib/sessions/find-session-actor.ts";
import { sessionOptions } from "./auth-options.ts";

/**
 * The person who asks, read from the database once per request. Null without a valid session, and for a
 * person who must choose a password first, who may use only the page for that.
 */
export async function findActor(): Promise<PersonActor | null> {
  const result = await findAnyActor();
  return result && !result.mustChoose ? result.actor : null;
}

/** The person who must choose a password before anything else, for the page and the action that do so. */
export async function findPasswordChooser(): Promise<PersonActor | null> {
  const result = await findAnyActor();
  return result?.mustChoose ? result.actor : null;
}

const NO_PREFERENCES: Preferences = { zone: null, locale: null };

/**
 * What the person who asks set for themselves; nothing while nobody is signed in, and while the database is
 * away: a page that says so needs a language, too.
 */
export async function findPreferences(): Promise<Preferences> {
  const result = await findAnyActor().catch(() => null);
  return result?.preferences ?? NO_PREFERENCES;
}

const findAnyActor = cache(async (): Promise<SessionActor | null> => {
  const session = await findSession();
  return session === null ? null : await findAnySessionActor(session, await readOrigin());
});

/** What the session cookie says, whether or not that session is still valid. */
export const findSession = cache(
  async (): Promise<Session | null> => await getServerSession(sessionOptions()),
);

/**
 * The person who asks. Everybody else is redirected to the sign-in page, which also handles people who
 * must choose a password.
 *
 * @param path where to return to afterwards
 */
export async function requireActor(path: string): Promise<PersonActor> {
  return (await findActor()) ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** server.ts sets the request's id and the client's address, and overwrites what a client sent. */
export async function readOrigin(): Promise<Origin> {
  const given = await headers();
  const requestId = given.get("x-request-id") ?? crypto.randomUUID();
  return toOrigin(given, { requestId, channel: "ui", asked: given.get(ASKED_HEADER) });
}
