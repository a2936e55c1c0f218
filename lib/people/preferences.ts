import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { isTimeZone } from "../zoned-time.ts";

/** The languages that the console has. */
export const LOCALES = ["en"] as const;

type Locale = (typeof LOCALES)[number];

/** What a person set for themselves; null where they set nothing. */
export type Preferences = { zone: string | null; locale: Locale | null };

/** Reads the actor's own preferences; what this version does not know counts as not set. */
export async function readPreferences(actor: PersonActor): Promise<Preferences> {
  const { zone, locale } = await db().person.findUniqueOrThrow({
    where: { id: actor.id },
    select: { zone: true, locale: true },
  });
  return {
    zone: zone !== null && isTimeZone(zone) ? zone : null,
    locale: LOCALES.find((known) => known === locale) ?? null,
  };
}
