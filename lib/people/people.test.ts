import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { toPersonActor } from "../sessions/to-person-actor.ts";
import { signInWithPassword } from "../sign-in/sign-in-with-password.ts";
import { createPerson } from "./create-person.ts";
import type { PersonRecord } from "./person-record.ts";
import { setPersonDisabled } from "./set-person-disabled.ts";
import { setPersonRole } from "./set-person-role.ts";

const database = useTestDatabase();

const system = aSystem("person:manage");
const REASON = "A test of the people";
const PASSWORD = "correct horse battery";
let count = 0;
const aNewcomer = (overrides: object = {}) => ({
  isPasswordOwn: true,
  email: `newcomer${++count}@staff.test`,
  name: "Nia Newcomer",
  role: "support" as const,
  password: PASSWORD,
  ...overrides,
});
const signIn = (credentials: object) => signInWithPassword(credentials, anOrigin());
/** A session of a person as they are now, and whom it lets in whenever asked. */
async function aSession(person: PersonRecord) {
  const actor = toPersonActor(person, { origin: anOrigin() });
  const how = { method: "password", previousSessionId: null } as const;
  const session = await startSession(actor, how);
  return () => findSessionActor(session, anOrigin());
}
const eventsOf = (id: string) => readEvents({ targetId: id });

describe("a person", () => {
  test("signs in with their password, whatever the case of the address", async () => {
    const { email, ...person } = await createPerson(system, aNewcomer());
    expect(await signIn({ email: ` ${email.toUpperCase()} `, password: PASSWORD })).toMatchObject({
      type: "person",
      email,
      ...person,
    });
  });

  test("has a password that is kept as argon2id, and in no event", async () => {
    const { id } = await createPerson(system, aNewcomer());
    const { passwordHash } = await db().person.findUniqueOrThrow({ where: { id } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const [event] = await eventsOf(id);
    expect(event).toMatchObject({ action: "person.created", before: null });
    expect(Object.keys(event?.after ?? {}).sort()).toEqual(["email", "name", "role"]);
  });

  test("with an address that is taken is refused, and two at once make one", RACE, async () => {
    const newcomer = aNewcomer();
    const results = await Promise.allSettled([
      createPerson(system, newcomer),
      createPerson(system, newcomer),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db().person.count({ where: { email: newcomer.email } })).toBe(1);
  });

  test.each([
    ["email", "not an address"],
    ["name", " "],
    ["role", "owner"],
    ["password", "short"],
  ])("with a wrong %s is refused by name", async (field, value) => {
    const attempt = createPerson(system, aNewcomer({ [field]: value }));
    await expect(attempt).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: field }],
    });
  });
});

describe("no sign-in", () => {
  test.each<[string, object]>([
    ["with a wrong password", { password: "correct horse batterz" }],
    ["with an unknown address", { email: "nobody@staff.test" }],
    ["without a password", { password: "" }],
    ["with something else than text", { password: { $ne: 1 } }],
  ])("%s", async (_, wrong) => {
    const { email } = await createPerson(system, aNewcomer());
    expect(await signIn({ email, password: PASSWORD, ...wrong })).toBeNull();
  });

  test("for somebody disabled, or without a password", async () => {
    const { id: personId, email } = await createPerson(system, aNewcomer());
    await setPersonDisabled(system, { personId, isDisabled: true, reason: REASON });
    expect(await signIn({ email, password: PASSWORD })).toBeNull();
    const other = await aPerson("support");
    expect(await signIn({ email: other.email, password: PASSWORD })).toBeNull();
    expect(await signIn({ email: other.email, password: "the password of nobody" })).toBeNull();
  });
});

describe("a session", () => {
  test("is its person, with the role they have", async () => {
    const person = await createPerson(system, aNewcomer());
    const actor = await (await aSession(person))();
    expect(actor).toMatchObject({ ...person, type: "person", tokenId: null });
    expect(actor?.sessionId).toBeTruthy();
  });

  test("ends at once when the role changes, and is recorded", async () => {
    const person = await createPerson(system, aNewcomer());
    const before = await aSession(person);
    const change = { personId: person.id, role: "admin", reason: REASON } as const;
    const changed = await setPersonRole(system, change);
    expect(await before()).toBeNull();
    expect(await (await aSession(changed))()).toMatchObject({ role: "admin" });
    expect((await eventsOf(person.id)).at(-1)).toMatchObject({
      action: "person.role_changed",
      before: { role: "support" },
      after: { role: "admin" },
      reason: REASON,
    });
  });

  test("ends at once when its person is disabled, and does not come back with them", async () => {
    const person = await createPerson(system, aNewcomer());
    const session = await aSession(person);
    const which = { personId: person.id, reason: REASON };
    await setPersonDisabled(system, { ...which, isDisabled: true });
    expect(await session()).toBeNull();
    await setPersonDisabled(system, { ...which, isDisabled: false });
    expect(await session()).toBeNull();
    expect((await eventsOf(person.id)).map(({ action }) => action)).toEqual([
      "person.created",
      "person.disabled",
      "person.enabled",
    ]);
  });

  test.each([null, "x", { sessionId: "x" }, { sessionId: crypto.randomUUID() }])(
    "of %j has no person",
    async (session) => {
      expect(await findSessionActor(session, anOrigin())).toBeNull();
    },
  );
});

describe("access that was taken away", () => {
  test("by hand-written SQL ends the session too", async () => {
    const person = await createPerson(system, aNewcomer());
    const session = await aSession(person);
    await db().person.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    expect(await session()).toBeNull();
  });

  test("and restored before a write still takes a new sign-in", async () => {
    const actor = await aPerson("support");
    const phoneNumberId = await aNumber();
    for (const role of ["auditor", "support"] as const) {
      await setPersonRole(system, { personId: actor.id, role, reason: REASON });
    }
    await expect(
      setFlag(actor, { phoneNumberId, acceptsBsuid: true, reason: REASON }),
    ).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await eventsOf(phoneNumberId)).toEqual([]);
  });
});

describe("changing people", () => {
  test("without a difference writes nothing and ends no session", async () => {
    const person = await createPerson(system, aNewcomer());
    const session = await aSession(person);
    await setPersonRole(system, { personId: person.id, role: "support", reason: REASON });
    await setPersonDisabled(system, { personId: person.id, isDisabled: false, reason: REASON });
    expect(await session()).not.toBeNull();
    expect(await eventsOf(person.id)).toHaveLength(1);
  });

  test.each(["support", "account_manager", "auditor"] as const)(
    "is refused to %s",
    async (role) => {
      const actor = await aPerson(role);
      const session = await aSession(actor);
      const which = { personId: actor.id, reason: REASON };
      for (const attempt of [
        () => createPerson(actor, aNewcomer()),
        () => setPersonRole(actor, { ...which, role: "admin" }),
        () => setPersonDisabled(actor, { ...which, isDisabled: true }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
      }
      expect(await session()).toMatchObject({ role });
    },
  );

  test("returns whether anything was changed", async () => {
    const { id: personId } = await createPerson(system, aNewcomer());
    const toAuditor = { personId, role: "auditor", reason: REASON } as const;
    expect(await setPersonRole(system, toAuditor)).toMatchObject({ changed: true });
    expect(await setPersonRole(system, toAuditor)).toMatchObject({ changed: false });
    const disable = { personId, isDisabled: true, reason: REASON };
    expect(await setPersonDisabled(system, disable)).toMatchObject({ changed: true });
    const again = await setPersonDisabled(system, disable);
    expect(again).toMatchObject({ changed: false });
    expect(again).not.toHaveProperty("passwordHash");
  });

  test("by a page that shows a role they no longer have is refused, and tells the one they have", async () => {
    const { id: personId } = await createPerson(system, aNewcomer());
    const meanwhile = { personId, role: "auditor", reason: REASON } as const;
    await setPersonRole(system, { ...meanwhile, expectedRole: "support" });
    const stale = { personId, role: "admin", expectedRole: "support", reason: REASON } as const;
    await expect(setPersonRole(system, stale)).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      current: "auditor",
    });
    expect(await eventsOf(personId)).toHaveLength(2);
  });

  test("of the same change at once leaves one event", RACE, async () => {
    const { id: personId } = await createPerson(system, aNewcomer());
    const change = { personId, role: "auditor", reason: REASON } as const;
    await Promise.all([1, 2].map(() => setPersonRole(system, change)));
    expect(await eventsOf(personId)).toHaveLength(2);
  });

  test("that do not exist is refused as not found", async () => {
    const which = { personId: crypto.randomUUID(), reason: REASON };
    const attempt = setPersonRole(system, { ...which, role: "admin" });
    await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("leaves nothing when the trail cannot be written", async () => {
    const person = await createPerson(system, aNewcomer());
    const newcomer = aNewcomer();
    const session = await aSession(person);
    await whileAuditFails(database.ownerUrl(), async () => {
      await expect(createPerson(system, newcomer)).rejects.toThrow();
      await expect(
        setPersonRole(system, { personId: person.id, role: "admin", reason: REASON }),
      ).rejects.toThrow();
    });
    expect(await db().person.count({ where: { email: newcomer.email } })).toBe(0);
    expect(await session()).toMatchObject({ role: "support" });
  });
});
