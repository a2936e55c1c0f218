import { cache } from "react";
import { type Preferences, readPreferences } from "#lib/people/preferences.ts";
import { findActor } from "./session.ts";

const NONE: Preferences = { zone: null, locale: null };

/**
 * What the person who asks set for themselves, read once per request. Nothing while nobody is signed in, and
 * while the database is away: a page that says so needs a language, too.
 */
export const findPreferences = cache(async (): Promise<Preferences> => {
  try {
    const actor = await findActor();
    return actor === null ? NONE : await readPreferences(actor);
  } catch {
    return NONE;
  }
});
