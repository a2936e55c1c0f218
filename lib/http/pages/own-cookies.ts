import type { IncomingMessage } from "node:http";

/** The cookies that the console sets, without the prefix that they have on HTTPS. */
export const COOKIES = {
  sessionToken: "next-auth.session-token",
  csrfToken: "next-auth.csrf-token",
  callbackUrl: "next-auth.callback-url",
  pkceCodeVerifier: "next-auth.pkce.code_verifier",
  state: "next-auth.state",
  nonce: "next-auth.nonce",
  timeZone: "time-zone",
} as const;

/** The cookies of one provider sign-in; their names end with `.` and the attempt's id. */
export const ATTEMPT_COOKIES = [
  COOKIES.callbackUrl,
  COOKIES.pkceCodeVerifier,
  COOKIES.state,
  COOKIES.nonce,
] as const;

/** The pattern of an attempt's id; later ids sort after earlier ones. */
export const ATTEMPT_ID = "[0-9a-z]{16}";

const NAMES: ReadonlySet<string> = new Set(Object.values(COOKIES));
const ATTEMPT_NAMES: ReadonlySet<string> = new Set(ATTEMPT_COOKIES);
const ATTEMPT_SUFFIX = new RegExp(`\\.${ATTEMPT_ID}$`);
/** next-auth splits a long value into several cookies. */
const PIECE = /\.[0-9]$/;
/** Cookies of hot reload. */
const HOT_RELOAD = /^__next_/;

/**
 * The name of one of our cookies. On HTTPS it begins with `__Host-`, so that no other host of the domain
 * and no plain connection can set it.
 *
 * @param ownUrl the address people use
 */
export function toCookieName(name: string, ownUrl: string): string {
  return `${new URL(ownUrl).protocol === "https:" ? "__Host-" : ""}${name}`;
}

/** The name of a cookie that belongs to one provider sign-in. */
export function toAttemptCookie(name: string, attemptId: string): string {
  return `${name}.${attemptId}`;
}

/**
 * Removes from a request every cookie that is not ours or has an invalid value: another program on the
 * host must not influence a page, and next-auth fails at an address that it cannot read.
 */
export function keepOwnCookies(
  { headers }: Pick<IncomingMessage, "headers">,
  { ownUrl, isDevelopment }: { ownUrl: string; isDevelopment: boolean },
): void {
  if (headers.cookie === undefined) return;
  const prefix = toCookieName("", ownUrl);
  const kept = new Map<string, string>();
  for (const pair of headers.cookie.split(";")) {
    // Not by a pattern with two runs of blanks: it would take the cube of their length.
    const [name, value] = splitPair(pair);
    const isOwn =
      isOwnCookie(name, value, { prefix, ownUrl }) || (isDevelopment && HOT_RELOAD.test(name));
    if (isOwn && !kept.has(name)) kept.set(name, value);
  }
  if (kept.size === 0) delete headers.cookie;
  else headers.cookie = [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
}

function splitPair(pair: string): [name: string, value: string] {
  const at = pair.indexOf("=");
  return at < 0 ? ["", ""] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

function isOwnCookie(
  name: string,
  value: string,
  { prefix, ownUrl }: { prefix: string; ownUrl: string },
): boolean {
  if (!name.startsWith(prefix)) return false;
  const own = toOwnName(name.slice(prefix.length));
  if (own === null) return false;
  const decoded = decode(value);
  if (decoded === null) return false;
  // next-auth cannot read relative ones.
  return own !== COOKIES.callbackUrl || (URL.canParse(decoded) && isOwnAddress(decoded, ownUrl));
}

function toOwnName(name: string): string | null {
  const [whole, ofAttempt] = [name.replace(PIECE, ""), name.replace(ATTEMPT_SUFFIX, "")];
  if (NAMES.has(whole)) return whole;
  return ATTEMPT_NAMES.has(ofAttempt) ? ofAttempt : null;
}

/** Whether an address is on the console's own origin, or a path of it. */
export function isOwnAddress(address: string, ownUrl: string): boolean {
  const { origin } = new URL(ownUrl);
  return URL.canParse(address, ownUrl) && new URL(address, ownUrl).origin === origin;
}

function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
