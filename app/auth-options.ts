import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Origin } from "#lib/access/actor.ts";
import { endSession } from "#lib/access/end-session.ts";
import { findSessionActor } from "#lib/access/find-session-actor.ts";
import { SESSION_LIFE_MS } from "#lib/access/session-record.ts";
import { signInWithPassword } from "#lib/access/sign-in-with-password.ts";
import { startSession } from "#lib/access/start-session.ts";
import { getConfig } from "#lib/config.ts";
import { toAppError } from "#lib/http/to-app-error.ts";
import { logger } from "#lib/logger.ts";
import { sessionCookie } from "./session-cookie.ts";

/**
 * What next-auth needs to read a session. The cookie holds a session's id, sealed; whether that
 * session stands, and what its person may do, is read anew at each request (app/session.ts).
 */
export function sessionOptions() {
  return {
    secret: getConfig().nextAuthSecret,
    session: { strategy: "jwt", maxAge: SESSION_LIFE_MS / 1_000 },
    cookies: { sessionToken: sessionCookie(getConfig()) },
    // Codes only: what next-auth would print beside them may hold a token.
    logger: {
      error: (code) => logger().warn({ code }, "A session or a sign-in could not be used."),
      warn: (code) => logger().warn({ code }, "next-auth warns."),
      debug: () => {},
    },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [],
    callbacks: {
      jwt: ({ token, user }) => ({ sessionId: user ? user.id : token.sessionId }),
      session: ({ session: { expires }, token: { sessionId } }) => ({ expires, sessionId }),
    },
  } satisfies NextAuthOptions;
}

/**
 * How people sign in and out.
 *
 * @param previousSessionId of the session that the browser has until then, if any
 */
export function signInOptions({
  origin,
  previousSessionId,
}: {
  origin: Origin;
  previousSessionId: string | null;
}): NextAuthOptions {
  return {
    ...sessionOptions(),
    providers: getConfig().passwordSignIn ? [passwordProvider({ origin, previousSessionId })] : [],
    events: {
      signOut: async ({ token: { sessionId } }) => {
        const actor = await findSessionActor({ sessionId }, origin);
        if (actor) await endSession(actor, { sessionId });
      },
    },
  };
}

function passwordProvider({
  origin,
  previousSessionId,
}: {
  origin: Origin;
  previousSessionId: string | null;
}) {
  return CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: async (credentials) => {
      try {
        const person = await signInWithPassword(credentials, origin);
        if (!person) return null;
        const { sessionId } = await startSession(person, { method: "password", previousSessionId });
        return { id: sessionId };
      } catch (error) {
        // Its code, because next-auth puts what is thrown here into an address.
        throw new Error(toAppError(error, origin.requestId).code);
      }
    },
  });
}

declare module "next-auth" {
  interface User {
    /** Of the session, which is all that a sign-in hands on. */
    id: string;
  }
  interface Session {
    sessionId: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sessionId: string;
  }
}
