import type { IncomingMessage } from "node:http";

/** What people's browsers keep for the console, without the prefix that they have on HTTPS. */
export const COOKIES = {
  sessionToken: "next-auth.session-token",
  csrfToken: "next-auth.csrf-token",
  callbackUrl: "next-auth.callback-url",
  pkceCodeVerifier: "next-auth.pkce.code_verifier",
  state: "next-auth.state",
  nonce: "next-auth.nonce",
  timeZone: "time-zone",
} as const;

const NAMES: ReadonlySet<string> = new Set(Object.values(COOKIES));
/** next-auth cuts a long value into several cookies. */
const PIECE = /\.[0-9]$/;
/** Of hot reload. */
const OF_DEVELOPMENT = /^__next_/;

/**
 * The name of a cookie of ours. On HTTPS it begins with `__Host-`: no other host of the domain and no
 * plain connection can set it.
 *
 * @param ownUrl the address people use
 */
export function toCookieName(name: string, ownUrl: string): string {
  return `${new URL(ownUrl).protocol === "https:" ? "__Host-" : ""}${name}`;
}

/**
 * Takes from a request every cookie that is not ours, or that could not be: one that another program of
 * the host has set must not decide what a page answers, and next-auth fails at an address it cannot read.
 */
export function keepOwnCookies(
  { headers }: Pick<IncomingMessage, "headers">,
  { ownUrl, isDevelopment }: { ownUrl: string; isDevelopment: boolean },
): void {
  if (headers.cookie === undefined) return;
  const kept = new Map<string, string>();
  for (const pair of headers.cookie.split(";")) {
    const [, name = "", value = ""] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    const isOwn = isOwnCookie(name, value, ownUrl) || (isDevelopment && OF_DEVELOPMENT.test(name));
    if (isOwn && !kept.has(name)) kept.set(name, value);
  }
  if (kept.size === 0) delete headers.cookie;
  else headers.cookie = [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
}

function isOwnCookie(name: string, value: string, ownUrl: string): boolean {
  const prefix = toCookieName("", ownUrl);
  if (!name.startsWith(prefix)) return false;
  const bare = name.slice(prefix.length);
  if (!NAMES.has(bare) && !NAMES.has(bare.replace(PIECE, ""))) return false;
  const decoded = decode(value);
  if (decoded === null) return false;
  // Relative ones next-auth cannot read.
  return bare !== COOKIES.callbackUrl || (URL.canParse(decoded) && isOwnAddress(decoded, ownUrl));
}

/** An address of the console's, or a path of it. */
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
