import type { NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { Origin } from "#lib/access/actor.ts";
import { getConfig } from "#lib/config.ts";
import { toAppError } from "#lib/http/api/to-app-error.ts";
import { isOwnAddress } from "#lib/http/pages/own-cookies.ts";
import { logger } from "#lib/logger.ts";
import { endSession } from "#lib/sessions/end-session.ts";
import { findAnySessionActor } from "#lib/sessions/find-session-actor.ts";
import { SESSION_LIFE_MS } from "#lib/sessions/session-record.ts";
import { startSession } from "#lib/sessions/start-session.ts";
import { toOpenIdIdentity } from "#lib/sign-in/openid-identity.ts";
import { recordRefusedAnswer } from "#lib/sign-in/record-openid-refusal.ts";
import { TooManyAttempts } from "#lib/sign-in/sign-in-throttle.ts";
import { signInWithOpenId } from "#lib/sign-in/sign-in-with-openid.ts";
import { signInWithPassword } from "#lib/sign-in/sign-in-with-password.ts";
import { authCookies } from "./auth-cookies.ts";
import { OPENID, openIdProvider } from "./openid-provider.ts";

/**
 * What next-auth needs to read a session. The cookie holds a sealed session id; app/session.ts reads on
 * every request whether the session is valid and what its person may do.
 */
export function sessionOptions(attemptId: string | null = null) {
  return {
    secret: getConfig().nextAuthSecret,
    session: { strategy: "jwt", maxAge: SESSION_LIFE_MS / 1_000 },
    cookies: authCookies(getConfig(), attemptId),
    // Codes only: the details that next-auth would log may hold a token.
    logger: {
      error: (code: string) => logger().warn({ code }, "A session or a sign-in could not be used."),
      warn: (code: string) => logger().warn({ code }, "next-auth warns."),
      debug: () => {},
    },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [],
    callbacks: {
      jwt: ({ token, user }) => ({ sessionId: user ? user.id : token.sessionId }),
      session: ({ session: { expires }, token: { sessionId } }) => ({ expires, sessionId }),
      redirect: ({ url, baseUrl }) =>
        isOwnAddress(url, baseUrl) ? new URL(url, baseUrl).href : baseUrl,
    },
  } satisfies NextAuthOptions;
}

type Attempt = {
  origin: Origin;
  /** The session that the browser has so far, if any. */
  previousSessionId: string | null;
  /** The provider sign-in that the request belongs to, or null. */
  attemptId: string | null;
};

/** How people sign in and out. */
export function signInOptions(attempt: Attempt): NextAuthOptions {
  const { oidc, passwordSignIn } = getConfig();
  const base = sessionOptions(attempt.attemptId);
  return {
    ...base,
    logger: {
      ...base.logger,
      error: (code: string) => {
        if (code.startsWith("OAUTH_CALLBACK")) recordRefusedAnswer(attempt.origin);
        base.logger.error(code);
      },
    },
    providers: [
      ...(oidc ? [openIdProvider(oidc)] : []),
      ...(passwordSignIn ? [passwordProvider(attempt)] : []),
    ],
    callbacks: {
      ...base.callbacks,
      signIn: async ({ user, account, profile }) =>
        account?.provider !== OPENID || (await acceptOpenId(user, profile, attempt)),
    },
    events: {
      signOut: async ({ token: { sessionId } }) => {
        const result = await findAnySessionActor({ sessionId }, attempt.origin);
        if (result) await endSession(result.actor, { sessionId });
      },
    },
  };
}

/** Returns true, or the address to send a refused person to. next-auth passes `user` on to `jwt`. */
async function acceptOpenId(
  user: User,
  claims: unknown,
  { origin, previousSessionId }: Attempt,
): Promise<true | string> {
  const { oidc, bootstrapAdminEmail } = getConfig();
  if (!oidc) return "/sign-in?error=unknown";
  try {
    const identity = toOpenIdIdentity(claims, oidc);
    const result = await signInWithOpenId(identity, { origin, bootstrapAdminEmail });
    if (!result.ok) return `/sign-in?error=${result.why}`;
    const how = { method: "openid", previousSessionId } as const;
    user.id = (await startSession(result.actor, how)).sessionId;
    return true;
  } catch (error) {
    return `/sign-in?error=${toAppError(error, origin.requestId).code}`;
  }
}

function passwordProvider({ origin, previousSessionId }: Attempt) {
  return CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: async (credentials) => {
      try {
        const person = await signInWithPassword(credentials, origin);
        if (!person) return null;
        const { sessionId } = await startSession(person, { method: "password", previousSessionId });
        return { id: sessionId };
      } catch (error) {
        // Only the code: next-auth puts the message of a thrown error into an address.
        const { code } = toAppError(error, origin.requestId);
        const wait = error instanceof TooManyAttempts ? `.${error.waitSeconds}` : "";
        throw new Error(`${code}${wait}`);
      }
    },
  });
}

declare module "next-auth" {
  interface User {
    /** The session's id, which is all that a sign-in passes on. */
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
