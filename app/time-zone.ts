import { cookies } from "next/headers";
import { getConfig } from "#lib/config.ts";
import { COOKIES, toCookieName } from "#lib/http/pages/own-cookies.ts";
import { isTimeZone } from "#lib/zoned-time.ts";

/**
 * The name of the cookie in which a browser sends its time zone (components/shell/time-zone-cookie.tsx).
 */
export function timeZoneCookieName(): string {
  return toCookieName(COOKIES.timeZone, getConfig().nextAuthUrl);
}

/** The time zone that the person's browser sent; UTC until then. */
export async function readBrowserZone(): Promise<string> {
  const value = (await cookies()).get(timeZoneCookieName())?.value;
  return value !== undefined && isTimeZone(value) ? value : "UTC";
}
