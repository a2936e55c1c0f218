import { cookies } from "next/headers";

/** Set by components/shell/time-zone-cookie.tsx. */
const TIME_ZONE_COOKIE = "time-zone";

/** The person's time zone as their browser told it, so that the server can write the times; UTC until then. */
export async function readTimeZone(): Promise<string> {
  const value = (await cookies()).get(TIME_ZONE_COOKIE)?.value;
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
