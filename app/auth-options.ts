import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { signInWithPassword } from "#lib/access/sign-in-with-password.ts";
import { getConfig } from "#lib/config.ts";
import { toAppError } from "#lib/http/to-app-error.ts";
import { logger } from "#lib/logger.ts";

const SESSION_SECONDS = 8 * 60 * 60;

/**
 * How people sign in. The cookie says who, and which version of their access it was made for;
 * what they may do is read anew at each request (app/session.ts).
 */
export function authOptions(): NextAuthOptions {
  const { nextAuthSecret, passwordSignIn } = getConfig();
  return {
    secret: nextAuthSecret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    // Codes only: what next-auth would print beside them may hold a token.
    logger: {
      error: (code) => logger().warn({ code }, "A session or a sign-in could not be used."),
      warn: (code) => logger().warn({ code }, "next-auth warns."),
      debug: () => {},
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    // An OpenID provider joins this list; its `profile` names the person as `passwordProvider` does.
    providers: passwordSignIn ? [passwordProvider()] : [],
    callbacks: {
      jwt: ({ token, user }) => {
        const { id: personId, sessionVersion } = user ?? { ...token, id: token.personId };
        return { personId, sessionVersion };
      },
      session: ({ session: { expires }, token: { personId, sessionVersion } }) => ({
        expires,
        personId,
        sessionVersion,
      }),
    },
  };
}

function passwordProvider() {
  return CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: async (credentials, request) => {
      try {
        return await signInWithPassword(credentials);
      } catch (error) {
        const requestId = String(request.headers?.["x-request-id"] ?? "");
        // Its code, because next-auth puts what is thrown here into an address.
        throw new Error(toAppError(error, requestId).code);
      }
    },
  });
}

declare module "next-auth" {
  interface User {
    id: string;
    sessionVersion: number;
  }
  interface Session {
    personId: string;
    sessionVersion: number;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    personId: string;
    sessionVersion: number;
  }
}
