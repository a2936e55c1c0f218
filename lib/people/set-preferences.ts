import { z } from "zod";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";
import { LOCALES } from "../preferences.ts";
import { isTimeZone } from "../zoned-time.ts";

export const setPreferencesSchema = z.strictObject({
  /** Null: their browser's. */
  zone: z.string().refine(isTimeZone, "There is no such time zone.").nullable(),
  /** Null: the console's. */
  locale: z.enum(LOCALES).nullable(),
});

/** Sets the zone and language that the actor wants. Their own preference, so it has no entry in the trail. */
export async function setPreferences(
  actor: PersonActor,
  input: z.input<typeof setPreferencesSchema>,
): Promise<void> {
  const data = parseInput(setPreferencesSchema, input);
  await db().person.update({ where: { id: actor.id }, data });
}
