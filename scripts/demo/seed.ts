import type pg from "pg";
import type { Actor, SystemActor } from "#lib/access/actor.ts";
import type { Scope } from "#lib/access/permissions.ts";
import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import type { PersonRecord } from "#lib/people/person-record.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import type { SourceEntry } from "#lib/roster/read-roster.ts";
import { type CreateTokenInput, createToken } from "#lib/tokens/create-token.ts";
import { withClient } from "#postgres/with-client.ts";
import { type DemoStep, readClock, runSteps, toInstant } from "./demo-past.ts";
import type { DemoSecrets } from "./demo-secrets.ts";
import { DemoWorld, newOrigin } from "./demo-world.ts";
import { flagHistory } from "./flag-history.ts";
import { moveIntoPast } from "./move-into-past.ts";
import { oneNumber } from "./one-number.ts";
import { seedPeople } from "./people.ts";
import { requests } from "./requests.ts";
import { type DemoAccount, demoRoster } from "./roster.ts";
import { schedules, undoneBatch } from "./schedules.ts";
import { standIns } from "./stand-ins.ts";
import { makeTraffic } from "./traffic.ts";
import { twoPeople } from "./two-people.ts";

const TOKEN_LIFE_MS = 365 * 86_400_000;

/** When the demo's business began. */
const BEGINNING = { daysAgo: 56, at: "08:00" } as const;

/**
 * Fills an empty, migrated database with the demo: people, tokens, about 400 numbers of 40 accounts, and eight
 * weeks of what people did about them. Calls the verbs, so that all of it is in the trail, and then moves it
 * into the past. Replaces the process's database while it runs.
 *
 * @param options.databaseUrl a superuser's
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
    await withClient(databaseUrl, async (owner) => {
      const from = await readClock(owner);
      const { world, runtime } = await begin(secrets);
      const ran = await runSteps(toSteps(world, owner), owner);
      await moveIntoPast(owner, [{ from, happenedAt: toInstant(BEGINNING) }, ...ran]);
      await makeTraffic(runtime);
    });
  } finally {
    await closeDatabase();
  }
}

/** People, tokens and numbers: what everything else needs. */
async function begin(secrets: DemoSecrets): Promise<{ world: DemoWorld; runtime: Actor }> {
  const seeder = newSeeder();
  const people = await seedPeople(seeder, secrets);
  const runtime = await seedTokens(seeder, secrets, people);
  const managers = [...people.values()].filter(({ role }) => role === "account_manager");
  const accounts = demoRoster(managers.map(({ email }) => email));
  await importRoster(seeder, toSource(accounts));
  return { world: new DemoWorld(people, accounts), runtime };
}

function toSteps(world: DemoWorld, owner: pg.Client): DemoStep[] {
  return [
    ...standIns(world),
    ...flagHistory(world),
    ...oneNumber(world),
    ...twoPeople(world),
    ...requests(world, owner),
    ...schedules(world, owner),
    ...undoneBatch(world),
  ];
}

function newSeeder(): SystemActor {
  return {
    type: "system",
    id: "demo-seed",
    name: "demo seed",
    permissions: ["person:manage", "token:manage", "roster:write"],
    origin: newOrigin("cli"),
  };
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

async function* toSource(accounts: readonly DemoAccount[]): AsyncGenerator<SourceEntry> {
  for (const [index, value] of accounts.flatMap(({ entries }) => entries).entries()) {
    yield { at: `[${index}]`, value };
  }
}

function requirePerson(people: ReadonlyMap<string, PersonRecord>, email: string): PersonRecord {
  const person = people.get(email);
  if (!person) throw new Error(`The demo's people lack ${email}.`);
  return person;
}
