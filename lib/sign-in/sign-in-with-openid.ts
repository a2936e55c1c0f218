import type { Origin, PersonActor, SystemActor } from "../access/actor.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Person } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import { type ChangedPerson, changePerson } from "../people/change-person.ts";
import { toRoleChange } from "../people/to-role-change.ts";
import { activeSessionsAt } from "../sessions/session-record.ts";
import { toPersonActor } from "../sessions/to-person-actor.ts";
import { createOpenIdPerson } from "./create-openid-person.ts";
import { decideOpenId, type OpenIdCase, type OpenIdRefusal } from "./decide-openid.ts";
import type { OpenIdIdentity } from "./openid-identity.ts";
import { recordOpenIdRefusal } from "./record-openid-refusal.ts";

export type OpenIdSignIn = { ok: true; actor: PersonActor } | { ok: false; why: OpenIdRefusal };

const ROLE_REASON = "The sign-in provider's claim names this role";
const NO_ROLE_REASON = "The sign-in provider's claim names no role any more";

/**
 * Signs somebody in by their OpenID identity; see docs/decisions/0018-sign-in-by-openid-connect.md. Changes that follow
 * from the provider's claims (a new person, another role, no role any more) are recorded with the provider as actor.
 *
 * @param how.bootstrapAdminEmail the address that becomes admin while nobody else is one
 */
export async function signInWithOpenId(
  identity: OpenIdIdentity,
  { origin, bootstrapAdminEmail }: { origin: Origin; bootstrapAdminEmail: string | null },
): Promise<OpenIdSignIn> {
  const provider = toProvider(identity, origin);
  const decision = decideOpenId(await readCase(identity, bootstrapAdminEmail));
  const refuse = (why: OpenIdRefusal, person: Person | null): OpenIdSignIn => {
    recordOpenIdRefusal(identity, { origin, person, why });
    return { ok: false, why };
  };
  switch (decision.kind) {
    case "refuse":
      if (decision.why === "no_role" && decision.person)
        await endSessions(provider, decision.person);
      return refuse(decision.why, decision.person);
    case "create": {
      const isRoleFromClaim = decision.role === identity.role;
      const created = await createOpenIdPerson(provider, {
        identity,
        ...decision,
        isRoleFromClaim,
      });
      // A concurrent sign-in (a second tab) created them: decide again.
      if (!created) return await signInWithOpenId(identity, { origin, bootstrapAdminEmail });
      return { ok: true, actor: toPersonActor(created, { origin }) };
    }
    case "accept": {
      const { person, role } = decision;
      const isRoleFromClaim = role !== null && role === identity.role;
      const bound = await bind(provider, { person, identity });
      if (!bound) return refuse("other_identity", person);
      const current = await takeRole(provider, { personId: person.id, role, isRoleFromClaim });
      if (!current) return refuse("last_admin", person);
      return { ok: true, actor: toPersonActor(current, { origin }) };
    }
  }
}

function toProvider({ issuer }: OpenIdIdentity, origin: Origin): SystemActor {
  const permissions = ["person:manage"] as const;
  return { type: "system", id: "openid", name: `OpenID Connect (${issuer})`, permissions, origin };
}

async function readCase(
  identity: OpenIdIdentity,
  bootstrapAdminEmail: string | null,
): Promise<OpenIdCase> {
  const { issuer: openIdIssuer, subject: openIdSubject, verifiedEmail: email } = identity;
  const bound = await db().person.findUnique({
    where: { openIdIssuer_openIdSubject: { openIdIssuer, openIdSubject } },
  });
  const addressee = email === null ? null : await db().person.findUnique({ where: { email } });
  const isNamed = email !== null && email === bootstrapAdminEmail;
  const person = bound ?? addressee;
  const others = {
    role: "admin",
    disabledAt: null,
    ...(person ? { id: { not: person.id } } : {}),
  } as const;
  const isFirstAdmin = isNamed && (await db().person.count({ where: others })) === 0;
  return { identity, bound, addressee, isFirstAdmin };
}

/** Binds a person to an identity; returns false if they are bound to another one by now. */
async function bind(
  provider: SystemActor,
  { person, identity }: { person: Person; identity: OpenIdIdentity },
): Promise<boolean> {
  const data = { openIdIssuer: identity.issuer, openIdSubject: identity.subject };
  const isSame = (one: Person) =>
    one.openIdIssuer === identity.issuer && one.openIdSubject === identity.subject;
  if (isSame(person)) return true;
  let isBound = true;
  await changePerson(provider, { personId: person.id, reason: null }, (current) => {
    isBound = current.openIdSubject === null || isSame(current);
    if (!isBound || isSame(current)) return null;
    const openIdSubject = markPersonal(current.id, identity.subject);
    const after = { openIdIssuer: identity.issuer, openIdSubject };
    return { action: "person.identity_bound", data, before: null, after };
  });
  return isBound;
}

type Wanted = { personId: string; role: Role | null; isRoleFromClaim: boolean };

/** Sets the role from the provider; returns null if that would leave the console without an admin. */
async function takeRole(
  provider: SystemActor,
  { personId, role, isRoleFromClaim }: Wanted,
): Promise<ChangedPerson | Person | null> {
  const person = await db().person.findUniqueOrThrow({ where: { id: personId } });
  const isAsWanted =
    role === null || (person.role === role && person.isRoleFromClaim === isRoleFromClaim);
  if (isAsWanted) return person;
  try {
    return await changePerson(provider, { personId, reason: ROLE_REASON }, (current) => {
      return toRoleChange(current, { role, isRoleFromClaim });
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "CONFLICT") return null;
    throw error;
  }
}

async function endSessions(
  provider: SystemActor,
  { id: personId, sessionVersion }: Person,
): Promise<void> {
  const activeCount = await db().session.count({
    where: { personId, sessionVersion, ...activeSessionsAt(databaseNow()) },
  });
  if (activeCount === 0) return;
  await changePerson(provider, { personId, reason: NO_ROLE_REASON }, (person) => ({
    action: "session.ended_everywhere",
    data: {},
    before: { sessionVersion: person.sessionVersion },
    after: { sessionVersion: person.sessionVersion + 1 },
  }));
}
