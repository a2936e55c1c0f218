import type { CookiesOptions } from "next-auth";
import type { Config } from "#lib/config.ts";
import { COOKIES, toCookieName } from "#lib/http/own-cookies.ts";

const MINUTES_TO_SIGN_IN = 15;

/**
 * next-auth's cookies, each under the name that is let in (lib/http/own-cookies.ts). Plain HTTP is for
 * this machine only (lib/config.ts).
 */
export function authCookies({ nextAuthUrl }: Pick<Config, "nextAuthUrl">): CookiesOptions {
  const secure = nextAuthUrl.startsWith("https:");
  const cookie = (name: string, more: { maxAge?: number } = {}) => ({
    name: toCookieName(name, nextAuthUrl),
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, ...more } as const,
  });
  const maxAge = MINUTES_TO_SIGN_IN * 60;
  return {
    sessionToken: cookie(COOKIES.sessionToken),
    callbackUrl: cookie(COOKIES.callbackUrl),
    csrfToken: cookie(COOKIES.csrfToken),
    pkceCodeVerifier: cookie(COOKIES.pkceCodeVerifier, { maxAge }),
    state: cookie(COOKIES.state, { maxAge }),
    nonce: cookie(COOKIES.nonce),
  };
}
