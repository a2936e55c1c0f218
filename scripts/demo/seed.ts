import { v7 as uuidv7 } from "uuid";
import type { Actor, Origin, PersonActor, SystemActor } from "#lib/access/actor.ts";
import type { Scope } from "#lib/access/permissions.ts";
import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import { createPerson } from "#lib/people/create-person.ts";
import type { PersonRecord } from "#lib/people/person-record.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import type { SourceEntry } from "#lib/roster/read-roster.ts";
import { toPersonActor } from "#lib/sessions/to-person-actor.ts";
import { type CreateTokenInput, createToken } from "#lib/tokens/create-token.ts";
import type { DemoSecrets } from "./demo-secrets.ts";
import { makeFlagHistory } from "./flag-history.ts";
import { type DemoAccount, demoRoster } from "./roster.ts";
import { makeTraffic } from "./traffic.ts";

const TOKEN_LIFE_MS = 365 * 86_400_000;

/** Account managers besides the one who can sign in. */
const MORE_MANAGERS = [
  { email: "beatriz.nogueira@demo.test", name: "Beatriz Nogueira" },
  { email: "carlos.ibarra@demo.test", name: "Carlos Ibarra" },
  { email: "emma.whitfield@demo.test", name: "Emma Whitfield" },
  { email: "jonas.keller@demo.test", name: "Jonas Keller" },
  { email: "nadia.hartono@demo.test", name: "Nadia Hartono" },
] as const;

/**
 * Fills an empty, migrated database with the demo: people, tokens, about 400 numbers of 40
 * accounts with their histories and a week of traffic. Calls the verbs, so that all of it is in the trail.
 * Replaces the process's database while it runs.
 */
export async function seedDemo({
  databaseUrl,
  secrets,
}: {
  databaseUrl: string;
  secrets: DemoSecrets;
}): Promise<void> {
  setDatabase(databaseUrl);
  try {
    const seeder = newSeeder();
    const people = await seedPeople(seeder, secrets);
    const runtime = await seedTokens(seeder, secrets, people);
    await seedNumbers(seeder, people);
    await makeTraffic(runtime);
  } finally {
    await closeDatabase();
  }
}

function newSeeder(): SystemActor {
  return {
    type: "system",
    id: "demo-seed",
    name: "demo seed",
    permissions: ["person:manage", "token:manage", "roster:write", "number:retire"],
    origin: newOrigin("cli"),
  };
}

function newOrigin(channel: Origin["channel"]): Origin {
  return { requestId: uuidv7(), channel, ip: null, userAgent: null };
}

async function seedPeople(
  seeder: Actor,
  { people }: DemoSecrets,
): Promise<Map<string, PersonRecord>> {
  const managers = MORE_MANAGERS.map((person) => ({ ...person, role: "account_manager" as const }));
  const created = new Map<string, PersonRecord>();
  for (const person of [...people, ...managers]) {
    created.set(person.email, await createPerson(seeder, { ...person, isPasswordOwn: true }));
  }
  return created;
}

/** Creates the demo's tokens; returns the messaging runtime as the actor of its token. */
async function seedTokens(
  seeder: Actor,
  { people, tokens }: DemoSecrets,
  created: ReadonlyMap<string, PersonRecord>,
): Promise<Actor> {
  const expiresAt = new Date(Date.now() + TOKEN_LIFE_MS);
  const service = (name: string, secret: string, scopes: Scope[]): CreateTokenInput => {
    return { kind: "service", name, secret, scopes, expiresAt };
  };
  const { runtime, provisioning, ...personal } = tokens;
  const scopes = ["flags:read", "reports:write"] as const;
  const name = "Messaging runtime";
  const { id } = await createToken(seeder, service(name, runtime, [...scopes]));
  await createToken(
    seeder,
    service("Provisioning", provisioning, ["numbers:read", "roster:write"]),
  );
  for (const [role, secret] of Object.entries(personal)) {
    const email = people.find((person) => person.role === role)?.email ?? "";
    const { id: personId, name } = requirePerson(created, email);
    const token = { kind: "personal", name: `${name}'s demo token`, personId, secret } as const;
    await createToken(seeder, { ...token, expiresAt });
  }
  return { type: "service", id, name, scopes, origin: newOrigin("api") };
}

async function seedNumbers(
  seeder: Actor,
  people: ReadonlyMap<string, PersonRecord>,
): Promise<void> {
  const managers = [...people.values()].filter(({ role }) => role === "account_manager");
  const accounts = demoRoster(managers.map(({ email }) => email));
  await importRoster(seeder, toSource(accounts));
  const supporters = ["support@demo.test", "support2@demo.test"].map((email) =>
    requirePerson(people, email),
  );
  const [first, second] = supporters.map(toActor);
  if (!first || !second) throw new Error("The demo has two supporters.");
  await makeFlagHistory(accounts, { supporters: [first, second], seeder });
}

async function* toSource(accounts: readonly DemoAccount[]): AsyncGenerator<SourceEntry> {
  for (const [index, value] of accounts.flatMap(({ entries }) => entries).entries()) {
    yield { at: `[${index}]`, value };
  }
}

function toActor(person: PersonRecord): PersonActor {
  return toPersonActor(person, { origin: newOrigin("ui") });
}

function requirePerson(people: ReadonlyMap<string, PersonRecord>, email: string): PersonRecord {
  const person = people.get(email);
  if (!person) throw new Error(`The demo's people lack ${email}.`);
  return person;
}
