import { cookies } from "next/headers";
import { COOKIES } from "#lib/http/own-cookies.ts";

/** The person's time zone as their browser told it, so that the server can write the times; UTC until then. */
export async function readTimeZone(): Promise<string> {
  // Set by components/shell/time-zone-cookie.tsx; by which name, lib/http/own-cookies.ts has decided.
  const given = await cookies();
  const value = (given.get(`__Host-${COOKIES.timeZone}`) ?? given.get(COOKIES.timeZone))?.value;
  return value !== undefined && isTimeZone(value) ? value : "UTC";
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
