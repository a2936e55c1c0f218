import { getRequestConfig } from "next-intl/server";
import messages from "../messages/en.json" with { type: "json" };
import { findPreferences } from "./preferences.ts";
import { readBrowserZone } from "./time-zone.ts";

/** One language so far. Another one needs a catalogue beside en.json, and the choice made here. */
export default getRequestConfig(async () => {
  const { zone, locale } = await findPreferences();
  return {
    locale: locale ?? "en",
    messages,
    timeZone: zone ?? (await readBrowserZone()),
    now: new Date(),
  };
});

declare module "next-intl" {
  interface AppConfig {
    Locale: "en";
    Messages: typeof messages;
  }
}
