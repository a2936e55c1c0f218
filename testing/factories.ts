import { randomInt, randomUUID } from "node:crypto";
import type { Origin, PersonActor, SystemActor } from "#lib/access/actor.ts";
import type { Permission, Scope } from "#lib/access/permissions.ts";
import { db } from "#lib/db/client.ts";
import type { Number as NumberRow, Role } from "#lib/db/generated/client.ts";
import { setFlags } from "#lib/flags/set-flags.ts";
import { toPersonActor } from "#lib/sessions/to-person-actor.ts";
import { newTokenSecret } from "#lib/tokens/token-secret.ts";
import { createEndpoint } from "#lib/webhooks/create-endpoint.ts";
import { WEBHOOK_EVENTS } from "#lib/webhooks/events/webhook-events.ts";

/** An origin of a test's actor, with a unique request id to find its events by. */
export function anOrigin(overrides: Partial<Origin> = {}): Origin {
  return {
    requestId: randomUUID(),
    channel: "api",
    ip: "127.0.0.1",
    userAgent: "test",
    ...overrides,
  };
}

/** Creates a person with this role; returns them as the actor of a session. */
export async function aPerson(role: Role): Promise<PersonActor> {
  const id = randomUUID();
  const person = await db().person.create({
    data: { id, email: `${role}.${id}@staff.test`, name: `Pat ${role}`, role },
  });
  return toPersonActor(person, { origin: anOrigin() });
}

/** Creates a person who has just signed in through the OpenID provider, so that they need not confirm who they are. */
export async function aSignedInPerson(role: Role): Promise<PersonActor> {
  const person = await aPerson(role);
  const { id: personId, sessionVersion } = person;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const data = { personId, sessionVersion, method: "openid", expiresAt };
  const { id: sessionId } = await db().session.create({ data });
  return { ...person, sessionId };
}

/** Creates a token; returns it with the secret that authenticates it. */
export async function aToken(of: { personId: string } | { scopes: Scope[] }) {
  const { secret, hash, prefix } = newTokenSecret("personId" in of ? "personal" : "service");
  const expiresAt = new Date(Date.now() + 3_600_000);
  const token = await db().token.create({
    data: { name: "A test's token", hash, prefix, expiresAt, ...of },
  });
  return { id: token.id, secret };
}

/** The console itself as an actor, with these permissions. */
export function aSystem(...permissions: Permission[]): SystemActor {
  return {
    type: "system",
    id: "test",
    name: "Test",
    permissions,
    origin: anOrigin({ channel: "cli" }),
  };
}

/** Creates a number of an account of its own, phone-only unless `accepts` is set. */
export async function aNumber(
  overrides: Partial<
    Pick<NumberRow, "label" | "displayPhoneNumber" | "portfolioId" | "accountId">
  > & {
    accepts?: boolean;
    isRetired?: boolean;
  } = {},
): Promise<string> {
  const { accepts = false, isRetired = false, ...given } = overrides;
  const phoneNumberId = `3${String(randomInt(1e14)).padStart(14, "0")}`;
  await db().number.create({
    data: {
      phoneNumberId,
      displayPhoneNumber: `+1555${String(randomInt(1e7)).padStart(7, "0")}`,
      label: `Number ${phoneNumberId}`,
      portfolioId: "900000000000001",
      wabaId: "200000000000001",
      accountId: given.accountId ?? (await anAccount()),
      retiredAt: isRetired ? new Date() : null,
      ...given,
    },
  });
  if (accepts) await switchOn(phoneNumberId);
  return phoneNumberId;
}

/** Creates an account without a manager. */
export async function anAccount(name = "Acme"): Promise<string> {
  const { id } = await db().account.create({ data: { name, externalId: randomUUID() } });
  return id;
}

/** Creates an account whose changes take two people. */
export async function anAccountOfTwo(name = "Two Keys"): Promise<string> {
  const data = { name, externalId: randomUUID(), needsTwoPeople: true };
  const { id } = await db().account.create({ data });
  return id;
}

/** Creates a schedule that waits to turn a number on, in an hour unless `at` is given. */
export async function aSchedule({
  authorId,
  phoneNumberId,
  flagVersion = 0,
  acceptsBsuid = true,
  at = new Date(Date.now() + 3_600_000),
  ...given
}: {
  authorId: string;
  phoneNumberId: string;
  flagVersion?: number;
  acceptsBsuid?: boolean;
  at?: Date;
  afterId?: string;
  isBound?: boolean;
  isSecondHalf?: boolean;
  lateHours?: number | null;
  requestId?: string;
  createdAt?: Date;
}): Promise<string> {
  const { id } = await db().schedule.create({
    data: {
      display: `Turn on ${phoneNumberId}`,
      at,
      nextAttemptAt: at,
      zone: "UTC",
      localTime: at.toISOString().slice(0, 19),
      reason: "A test schedules it",
      authorId,
      ...given,
    },
  });
  await db().scheduleItem.create({
    data: { scheduleId: id, phoneNumberId, acceptsBsuid, flagVersion },
  });
  return id;
}

/** Creates a webhook endpoint, told of everything unless `events` is set; returns it with its secret. */
export async function anEndpoint(overrides: Partial<Parameters<typeof createEndpoint>[1]> = {}) {
  return await createEndpoint(await aPerson("admin"), {
    url: "https://hooks.example.com/bsuid",
    events: [...WEBHOOK_EVENTS],
    ...overrides,
  });
}

/** Creates a request that was approved for later, with its schedule. */
export async function aScheduledRequest({
  requestedById,
  decidedById,
  phoneNumberId,
  at = new Date(Date.now() + 3_600_000),
}: {
  requestedById: string;
  decidedById: string;
  phoneNumberId: string;
  at?: Date;
}): Promise<{ requestId: string; scheduleId: string }> {
  const { accountId, flagVersion } = await db().number.findUniqueOrThrow({
    where: { phoneNumberId },
  });
  const { id: requestId } = await db().changeRequest.create({
    data: {
      display: `Turn on ${phoneNumberId}`,
      state: "scheduled",
      reason: "A test asks for it",
      at,
      requestedById,
      decidedById,
      decidedAt: new Date(),
      expiresAt: new Date(Date.now() + 86_400_000),
      items: { create: { phoneNumberId, acceptsBsuid: true, flagVersion, accountId } },
    },
  });
  const authorId = decidedById;
  const scheduleId = await aSchedule({ authorId, phoneNumberId, flagVersion, at, requestId });
  return { requestId, scheduleId };
}

async function switchOn(phoneNumberId: string): Promise<void> {
  const changes = [{ phoneNumberId, acceptsBsuid: true }];
  await setFlags(aSystem("flag:set"), { changes, reason: "A test begins with it on" });
}
