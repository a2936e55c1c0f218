import type { Actor } from "#lib/access/actor.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { createPerson } from "#lib/people/create-person.ts";
import type { PersonRecord } from "#lib/people/person-record.ts";
import { setPreferences } from "#lib/people/set-preferences.ts";
import { toPersonActor } from "#lib/sessions/to-person-actor.ts";
import type { DemoSecrets } from "./demo-secrets.ts";
import { newOrigin } from "./demo-world.ts";

/** Colleagues of those who can sign in, each with the time zone that they work in. */
const COLLEAGUES = [
  colleague("Lucía Herrera", "support", "America/Mexico_City"),
  colleague("Rafael Quintana", "support", "America/Bogota"),
  colleague("Ingrid Sørensen", "admin", "Europe/Copenhagen"),
  colleague("Beatriz Nogueira", "account_manager", "America/Sao_Paulo"),
  colleague("Carlos Ibarra", "account_manager", "America/Mexico_City"),
  colleague("Emma Whitfield", "account_manager", "Europe/London"),
  colleague("Jonas Keller", "account_manager", "Europe/Berlin"),
  colleague("Nadia Hartono", "account_manager", "Asia/Jakarta"),
] as const;

/** Creates the demo's people; by their addresses. */
export async function seedPeople(
  seeder: Actor,
  { people }: DemoSecrets,
): Promise<Map<string, PersonRecord>> {
  const created = new Map<string, PersonRecord>();
  for (const person of people) {
    created.set(person.email, await createPerson(seeder, { ...person, isPasswordOwn: true }));
  }
  for (const { zone, ...person } of COLLEAGUES) {
    const record = await createPerson(seeder, { ...person, isPasswordOwn: true });
    created.set(person.email, record);
    const actor = toPersonActor(record, { origin: newOrigin("ui") });
    await setPreferences(actor, { zone, locale: null });
  }
  return created;
}

function colleague(name: string, role: Role, zone: string) {
  const ascii = name.toLowerCase().replaceAll("ø", "o").normalize("NFD");
  const email = `${ascii.replaceAll(/[^a-z ]/g, "").replace(" ", ".")}@demo.test`;
  return { email, name, role, zone };
}
