import { getRequestConfig } from "next-intl/server";
import messages from "../messages/en.json" with { type: "json" };
import { findPreferences } from "./session.ts";
import { readBrowserZone } from "./time-zone.ts";

/**
 * One language so far. Another one needs a catalogue beside en.json, and the choice made here. Whoever names a
 * locale gets it without a look at what the person set, which takes the database.
 */
export default getRequestConfig(async ({ locale: given }) => {
  const { zone, locale } = given ? { zone: null, locale: given } : await findPreferences();
  return {
    locale: locale ?? DEFAULT_LOCALE,
    messages,
    timeZone: zone ?? (await readBrowserZone()),
    now: new Date(),
  };
});

/** The language of whoever set none. */
export const DEFAULT_LOCALE = "en";

declare module "next-intl" {
  interface AppConfig {
    Locale: "en";
    Messages: typeof messages;
  }
}
