import { z } from "zod";
import { db } from "../db/client.ts";
import type { Origin, PersonActor } from "./actor.ts";
import { matchesPassword } from "./password.ts";
import { emailSchema } from "./person-record.ts";
import { toPersonActor } from "./to-person-actor.ts";

const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(200) });

/**
 * Who signs in with this address and password, or null: for a wrong password, an unknown
 * address, a person without a password and a disabled one alike, in the same time.
 */
export async function signInWithPassword(
  credentials: unknown,
  origin: Origin,
): Promise<PersonActor | null> {
  const parsed = credentialsSchema.safeParse(credentials);
  if (!parsed.success) return null;
  const { email, password } = parsed.data;
  const person = await db().person.findUnique({ where: { email } });
  const isMatch = await matchesPassword(password, person?.passwordHash ?? null);
  if (!person || !isMatch || person.disabledAt) return null;
  return toPersonActor(person, { origin });
}
