import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import type { Role } from "../db/generated/enums.ts";
import { forgetIdentity } from "../people/forget-identity.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { type OpenIdIdentity, toOpenIdIdentity } from "./openid-identity.ts";
import { signInWithOpenId } from "./sign-in-with-openid.ts";

useTestDatabase();

const system = aSystem("person:manage");
const REASON = "A test of OpenID Connect";
const ISSUER = "https://id.example";

function anIdentity(overrides: Partial<OpenIdIdentity> = {}): OpenIdIdentity {
  const subject = crypto.randomUUID();
  const verifiedEmail = `${subject}@staff.test`;
  return { issuer: ISSUER, subject, verifiedEmail, name: "Nia", role: null, ...overrides };
}

const signIn = (identity: OpenIdIdentity, bootstrapAdminEmail: string | null = null) =>
  signInWithOpenId(identity, { origin: anOrigin(), bootstrapAdminEmail });

async function signedIn(identity: OpenIdIdentity): Promise<PersonActor> {
  const result = await signIn(identity);
  if (!result.ok) throw new Error(`Refused: ${result.why}`);
  return result.actor;
}

/** Somebody invited, with the identity that meets them at their first sign-in. */
async function anInvited(role: Role) {
  const person = await aPerson(role);
  return { person, identity: anIdentity({ verifiedEmail: person.email }) };
}

const actionsOf = async (targetId: string) =>
  (await readEvents({ targetId, outcome: "success" })).map(({ action }) => action);
const refusal = (why: string) => ({ ok: false, why });

describe("a first sign-in", () => {
  test("finds the invited person by the verified address, and binds them to the identity", async () => {
    const { person, identity } = await anInvited("auditor");
    const actor = await signedIn(identity);
    expect(actor).toMatchObject({ id: person.id, role: "auditor" });
    expect(await db().person.findUnique({ where: { id: person.id } })).toMatchObject({
      openIdIssuer: ISSUER,
      openIdSubject: identity.subject,
    });
    expect(await actionsOf(person.id)).toEqual(["person.identity_bound"]);
  });

  test("of somebody nobody invited, and whom the claim gives no role, is refused", async () => {
    const identity = anIdentity();
    expect(await signIn(identity)).toEqual(refusal("unknown"));
    const email = identity.verifiedEmail ?? "";
    expect(await db().person.findUnique({ where: { email } })).toBeNull();
  });

  test("makes somebody of whom the claim names a role, recorded as the provider's doing", async () => {
    const actor = await signedIn(anIdentity({ role: "support" }));
    expect(actor).toMatchObject({ role: "support", name: "Nia" });
    const event = (await readEvents({ targetId: actor.id }))[0];
    expect(event).toMatchObject({
      action: "person.created",
      actorType: "system",
      actorName: `OpenID Connect (${ISSUER})`,
      after: { role: "support", isRoleFromClaim: true, openIdIssuer: ISSUER },
    });
  });

  test("in two tabs at once makes one person", RACE, async () => {
    const identity = anIdentity({ role: "support" });
    const results = await Promise.all([signIn(identity), signIn(identity), signIn(identity)]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await db().person.count({ where: { openIdSubject: identity.subject } })).toBe(1);
  });

  test("with an address that nobody verified is refused, whether or not it is somebody's", async () => {
    expect(await signIn(anIdentity({ verifiedEmail: null, role: "admin" }))).toEqual(
      refusal("unverified"),
    );
  });
});

describe("the identity counts, not the address", () => {
  test("a reused address gives no access to anybody's account", async () => {
    const { identity } = await anInvited("admin");
    await signedIn(identity);
    const newHire = { ...identity, subject: crypto.randomUUID() };
    expect(await signIn(newHire)).toEqual(refusal("other_identity"));
    expect(await signIn({ ...newHire, role: "admin" })).toEqual(refusal("other_identity"));
    const elsewhere = { ...identity, issuer: "https://other.example" };
    expect(await signIn(elsewhere)).toEqual(refusal("other_identity"));
  });

  test("a person whose address changed is still the same person", async () => {
    const { person, identity } = await anInvited("support");
    await signedIn(identity);
    const married = { ...identity, verifiedEmail: `new-${identity.verifiedEmail}` };
    expect(await signedIn(married)).toMatchObject({ id: person.id });
    expect(await signedIn({ ...identity, verifiedEmail: null })).toMatchObject({ id: person.id });
  });

  test("two identities that race for one invited person: one gets it", RACE, async () => {
    const { person, identity } = await anInvited("support");
    const other = { ...identity, subject: crypto.randomUUID() };
    const results = await Promise.all([signIn(identity), signIn(other)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual(refusal("other_identity"));
    expect(await actionsOf(person.id)).toEqual(["person.identity_bound"]);
  });

  test("an admin can unbind it, which ends the sessions, and the next sign-in binds again", async () => {
    const { person, identity } = await anInvited("support");
    const actor = await signedIn(identity);
    const session = await startSession(actor, { method: "openid", previousSessionId: null });
    const refused = forgetIdentity(actor, { personId: person.id, reason: REASON });
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
    await forgetIdentity(system, { personId: person.id, reason: REASON });
    expect(await findSessionActor(session, anOrigin())).toBeNull();
    const moved = { ...identity, subject: crypto.randomUUID() };
    expect(await signedIn(moved)).toMatchObject({ id: person.id });
    expect(await signIn(identity)).toEqual(refusal("other_identity"));
    expect(await actionsOf(person.id)).toEqual([
      "person.identity_bound",
      "person.identity_forgotten",
      "person.identity_bound",
    ]);
  });
});

test("somebody disabled is refused, before and after their first sign-in", async () => {
  const { person, identity } = await anInvited("support");
  const which = { personId: person.id, reason: REASON };
  await setPersonDisabled(system, { ...which, isDisabled: true });
  expect(await signIn({ ...identity, role: "admin" })).toEqual(refusal("disabled"));
  expect(await actionsOf(person.id)).toEqual(["person.disabled"]);
  await setPersonDisabled(system, { ...which, isDisabled: false });
  await signedIn(identity);
  await setPersonDisabled(system, { ...which, isDisabled: true });
  expect(await signIn({ ...identity, role: "admin" })).toEqual(refusal("disabled"));
});

describe("the role", () => {
  test("of the claim goes before the one given here, ends older sessions, and is recorded", async () => {
    const { person, identity } = await anInvited("auditor");
    const before = await signedIn(identity);
    const session = await startSession(before, { method: "openid", previousSessionId: null });
    const after = await signedIn({ ...identity, role: "support" });
    expect(after.role).toBe("support");
    expect(await findSessionActor(session, anOrigin())).toBeNull();
    const event = (await readEvents({ targetId: person.id, action: "person.role_changed" }))[0];
    expect(event).toMatchObject({
      actorType: "system",
      before: { role: "auditor", isRoleFromClaim: false },
      after: { role: "support", isRoleFromClaim: true },
    });
  });

  test("that stays the same changes nothing and ends no session", async () => {
    const identity = anIdentity({ role: "support" });
    const actor = await signedIn(identity);
    const session = await startSession(actor, { method: "openid", previousSessionId: null });
    await signedIn(identity);
    expect(await findSessionActor(session, anOrigin())).not.toBeNull();
    expect(await actionsOf(actor.id)).toEqual(["person.created"]);
  });

  test("given by an admin stays while the claim names none", async () => {
    const { identity } = await anInvited("auditor");
    await signedIn(identity);
    expect(await signedIn(identity)).toMatchObject({ role: "auditor" });
  });

  test("given by the claim goes with it: no way in, and open sessions end", async () => {
    const identity = anIdentity({ role: "support" });
    const actor = await signedIn(identity);
    const session = await startSession(actor, { method: "openid", previousSessionId: null });
    expect(await signIn({ ...identity, role: null })).toEqual(refusal("no_role"));
    expect(await signIn({ ...identity, role: null })).toEqual(refusal("no_role"));
    expect(await findSessionActor(session, anOrigin())).toBeNull();
    expect(await actionsOf(actor.id)).toEqual(["person.created", "session.ended_everywhere"]);
    const change = { personId: actor.id, role: "auditor", reason: REASON } as const;
    await setPersonRole(system, change);
    expect(await signedIn({ ...identity, role: null })).toMatchObject({ role: "auditor" });
  });
});

describe("the first admin", () => {
  const noAdmins = () =>
    db().person.updateMany({ data: { role: "auditor" }, where: { role: "admin" } });

  test("is whom the installation names, once they are verified, and nobody else", async () => {
    await noAdmins();
    const identity = anIdentity();
    const email = identity.verifiedEmail;
    expect(await signIn({ ...identity, verifiedEmail: null }, email)).toEqual(
      refusal("unverified"),
    );
    expect(await signIn(anIdentity(), email)).toEqual(refusal("unknown"));
    expect(await signIn(identity, email)).toMatchObject({ ok: true, actor: { role: "admin" } });
    expect(await signIn(identity, email)).toMatchObject({ ok: true, actor: { role: "admin" } });
  });

  test("is not made while there is another admin", async () => {
    await aPerson("admin");
    const identity = anIdentity();
    expect(await signIn(identity, identity.verifiedEmail)).toEqual(refusal("unknown"));
  });

  test("is the last one too: a claim cannot leave the console without an admin", async () => {
    await noAdmins();
    const identity = anIdentity({ role: "admin" });
    await signedIn(identity);
    expect(await signIn({ ...identity, role: "support" })).toEqual(refusal("last_admin"));
    await aPerson("admin");
    expect(await signedIn({ ...identity, role: "support" })).toMatchObject({ role: "support" });
  });
});

describe("claims", () => {
  const claims = { iss: ISSUER, sub: "1", email: "Nia@Staff.test", email_verified: true };
  const read = (more: object, how: object = {}) =>
    toOpenIdIdentity({ ...claims, ...more }, { roleClaim: "role", trustsEmail: false, ...how });

  test("give the identity, the address in lower case", () => {
    expect(read({ name: " Nia Newcomer " })).toEqual({
      issuer: ISSUER,
      subject: "1",
      verifiedEmail: "nia@staff.test",
      name: "Nia Newcomer",
      role: null,
    });
  });

  test.each([
    [{ email_verified: false }, null],
    [{ email_verified: "false" }, null],
    [{ email_verified: "true" }, "nia@staff.test"],
    [{ email_verified: "perhaps" }, null],
    [{ email_verified: null }, null],
    [{ email_verified: undefined }, null],
    [{ email: "no address" }, null],
    [{ email: undefined }, null],
  ])("with %j vouch for the address %s", (more, verifiedEmail) => {
    expect(read(more)).toMatchObject({ verifiedEmail });
  });

  test("of a provider that is trusted with addresses vouch by silence, never against a no", () => {
    const how = { trustsEmail: true };
    expect(read({ email_verified: undefined }, how).verifiedEmail).toBe("nia@staff.test");
    expect(read({ email_verified: false }, how).verifiedEmail).toBeNull();
  });

  test.each([
    ["role", { role: "support" }, "support"],
    ["role", { role: ["everyone", "auditor"] }, "auditor"],
    ["role", { role: ["account_manager", "support", "admin"] }, "admin"],
    ["role", { role: "Admin" }, null],
    ["role", { role: ["administrator"] }, null],
    ["role", { role: { admin: true } }, null],
    ["role", {}, null],
    ["realm_access.roles", { realm_access: { roles: ["support"] } }, "support"],
    ["https://x.example/roles", { "https://x.example/roles": ["support"] }, "support"],
    ["__proto__.role", {}, null],
    [null, { role: "admin" }, null],
  ])("by the role claim %s in %j name the role %s", (roleClaim, more, role) => {
    expect(read(more, { roleClaim }).role).toBe(role);
  });

  test.each([{ sub: "" }, { sub: 5 }, { iss: undefined }])("without %j are nobody's", (more) => {
    expect(() => read(more)).toThrow("incomplete");
  });
});
