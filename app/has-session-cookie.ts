import { getToken } from "next-auth/jwt";
import { COOKIES, toCookieName } from "#lib/http/pages/own-cookies.ts";

/**
 * Whether the console issued a request's session cookie. Does not check whether the session is still
 * valid.
 */
export async function hasSessionCookie(
  header: string | undefined,
  { ownUrl, secret }: { ownUrl: string; secret: string },
): Promise<boolean> {
  const pairs = (header ?? "").split(/;\s*/).map((pair) => pair.split("=", 2));
  const cookies = Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
  const cookieName = toCookieName(COOKIES.sessionToken, ownUrl);
  // next-auth types this as Next's request, but reads only these two properties.
  const req = { cookies, headers: {} } as Parameters<typeof getToken>[0]["req"];
  return (await getToken({ req, secret, cookieName }).catch(() => null)) !== null;
}
