import { getToken } from "next-auth/jwt";
import { COOKIES, toCookieName } from "#lib/http/pages/own-cookies.ts";

/** Whether a request's session cookie is one that the console gave; whether that session stands is not asked. */
export async function hasSessionCookie(
  header: string | undefined,
  { ownUrl, secret }: { ownUrl: string; secret: string },
): Promise<boolean> {
  const pairs = (header ?? "").split(/;\s*/).map((pair) => pair.split("=", 2));
  const cookies = Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
  const cookieName = toCookieName(COOKIES.sessionToken, ownUrl);
  // next-auth types it as a request of Next's; it reads these two.
  const req = { cookies, headers: {} } as Parameters<typeof getToken>[0]["req"];
  return (await getToken({ req, secret, cookieName }).catch(() => null)) !== null;
}
