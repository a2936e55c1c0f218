import { getRequestConfig } from "next-intl/server";
import messages from "../messages/en.json" with { type: "json" };
import { readTimeZone } from "./time-zone.ts";

/** One language so far. Another one needs a catalogue beside en.json, and the choice made here. */
export default getRequestConfig(async () => ({
  locale: "en",
  messages,
  timeZone: await readTimeZone(),
  now: new Date(),
}));

declare module "next-intl" {
  interface AppConfig {
    Locale: "en";
    Messages: typeof messages;
  }
}
