import { isTimeZone } from "./zoned-time.ts";

/** The languages that the console has. */
export const LOCALES = ["en"] as const;

/** What a person set for themselves; null where they set nothing. */
export type Preferences = { zone: string | null; locale: (typeof LOCALES)[number] | null };

/** A person's preferences as stored; what this version does not know counts as not set. */
export function toPreferences({
  zone,
  locale,
}: {
  zone: string | null;
  locale: string | null;
}): Preferences {
  return {
    zone: zone !== null && isTimeZone(zone) ? zone : null,
    locale: LOCALES.find((known) => known === locale) ?? null,
  };
}
