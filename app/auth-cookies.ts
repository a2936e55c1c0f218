import type { CookiesOptions } from "next-auth";
import type { Config } from "#lib/config.ts";
import { COOKIES, toAttemptCookie, toCookieName } from "#lib/http/pages/own-cookies.ts";

const MINUTES_TO_SIGN_IN = 15;

/**
 * next-auth's cookies, under the names that lib/http/pages/own-cookies.ts lets through. Plain HTTP is for
 * this machine only (lib/config.ts).
 *
 * @param attemptId the provider sign-in that the cookies belong to, or null
 */
export function authCookies(
  { nextAuthUrl }: Pick<Config, "nextAuthUrl">,
  attemptId: string | null,
): CookiesOptions {
  const secure = nextAuthUrl.startsWith("https:");
  const cookie = (name: string, more: { maxAge?: number } = {}) => ({
    name: toCookieName(name, nextAuthUrl),
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, ...more } as const,
  });
  const ofAttempt = (name: string) =>
    attemptId === null
      ? cookie(name)
      : cookie(toAttemptCookie(name, attemptId), { maxAge: MINUTES_TO_SIGN_IN * 60 });
  return {
    sessionToken: cookie(COOKIES.sessionToken),
    csrfToken: cookie(COOKIES.csrfToken),
    callbackUrl: ofAttempt(COOKIES.callbackUrl),
    pkceCodeVerifier: ofAttempt(COOKIES.pkceCodeVerifier),
    state: ofAttempt(COOKIES.state),
    nonce: ofAttempt(COOKIES.nonce),
  };
}
