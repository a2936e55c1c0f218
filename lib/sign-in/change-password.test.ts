import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { refusals } from "../access/refusal-log.ts";
import { ROLES } from "../access/roles.ts";
import { db } from "../db/client.ts";
import type { Role } from "../db/generated/enums.ts";
import { hashPassword } from "../people/password.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { changePassword } from "./change-password.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

const database = useTestDatabase();

const OLD = "the old password of theirs";
const NEW = "the new password of theirs";
const CHANGE = { currentPassword: OLD, newPassword: NEW };
const eventsOf = (targetId: string) => readEvents({ targetId });

/** Signs in once more; the actor of a request with that session. */
async function signInAs(email: string, password = OLD): Promise<PersonActor> {
  const person = await signInWithPassword({ email, password }, anOrigin({ ip: null }));
  if (!person) throw new Error("They cannot sign in.");
  const how = { method: "password", previousSessionId: null } as const;
  return await goOn({ ...person, ...(await startSession(person, how)) });
}

async function somebodySignedIn(role: Role = "support"): Promise<PersonActor> {
  const { id, email } = await aPerson(role);
  await db().person.update({ where: { id }, data: { passwordHash: await hashPassword(OLD) } });
  return await signInAs(email);
}

/** The actor of the next request with the same session. */
async function goOn({ sessionId, origin }: PersonActor): Promise<PersonActor> {
  const actor = await findSessionActor({ sessionId }, origin);
  if (!actor) throw new Error("The session does not stand.");
  return actor;
}

const setPerson = (
  id: string,
  data: { disabledAt: Date } | { role: Role } | { sessionVersion: number },
) => db().person.update({ where: { id }, data });

const stands = async ({ sessionId }: PersonActor) =>
  (await findSessionActor({ sessionId }, anOrigin())) !== null;

test.each(ROLES)("the role %s changes its own password", async (role) => {
  const actor = await somebodySignedIn(role);
  await changePassword(actor, CHANGE);
  const { email } = actor;
  expect(await signInWithPassword({ email, password: OLD }, anOrigin())).toBeNull();
  expect(await signInWithPassword({ email, password: NEW }, anOrigin())).toMatchObject({ email });
});

test("their other sessions end, the one they change it with goes on", async () => {
  const elsewhere = await somebodySignedIn();
  const here = await signInAs(elsewhere.email);
  await changePassword(here, CHANGE);
  expect(await stands(elsewhere)).toBe(false);
  expect(await stands(here)).toBe(true);
});

test("it is recorded once, without a secret", async () => {
  const actor = await somebodySignedIn();
  await changePassword(actor, CHANGE);
  const events = await eventsOf(actor.id);
  expect(events).toMatchObject([
    {
      action: "person.password_changed",
      outcome: "success",
      actorId: actor.id,
      before: null,
      after: null,
    },
  ]);
  const { passwordHash } = await db().person.findUniqueOrThrow({ where: { id: actor.id } });
  const recorded = JSON.stringify(events, (_, value) => String(value));
  for (const secret of [OLD, NEW, passwordHash]) expect(recorded).not.toContain(secret);
});

test("a wrong current password changes nothing, and is recorded as a failure", async () => {
  const actor = await somebodySignedIn();
  const attempt = changePassword(actor, { ...CHANGE, currentPassword: "a guess" });
  await expect(attempt).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [{ path: "currentPassword" }],
  });
  await refusals().settled();
  expect(await eventsOf(actor.id)).toMatchObject([
    {
      action: "person.password_changed",
      outcome: "failed",
      actorId: actor.id,
      after: { why: "wrong password" },
    },
  ]);
  expect(await signInAs(actor.email)).toMatchObject({ id: actor.id });
});

test("guesses are throttled as at sign-in, and a right one is not checked meanwhile", async () => {
  const actor = await somebodySignedIn();
  for (let n = 0; n < 5; n += 1) {
    const guess = changePassword(actor, { ...CHANGE, currentPassword: `guess ${n}` });
    await expect(guess).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
  await expect(changePassword(actor, CHANGE)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(signInAs(actor.email)).rejects.toMatchObject({ code: "RATE_LIMITED" });
});

test("a right current password resets the throttle", async () => {
  let actor = await somebodySignedIn();
  for (let round = 0; round < 3; round += 1) {
    const [currentPassword, newPassword] = round % 2 === 0 ? [OLD, NEW] : [NEW, OLD];
    for (let n = 0; n < 3; n += 1) {
      const guess = changePassword(actor, { currentPassword: `guess ${n}`, newPassword });
      await expect(guess).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    await changePassword(actor, { currentPassword, newPassword });
    actor = await goOn(actor);
  }
});

test.each([
  ["short", "elevenchars"],
  ["long", "x".repeat(201)],
  ["the same", OLD],
])("a new password that is %s is refused", async (_, newPassword) => {
  const actor = await somebodySignedIn();
  const attempt = changePassword(actor, { currentPassword: OLD, newPassword });
  await expect(attempt).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [{ path: "newPassword" }],
  });
  expect(await eventsOf(actor.id)).toEqual([]);
});

test("a person without a password cannot set one", async () => {
  const actor = await somebodySignedIn();
  await db().person.update({ where: { id: actor.id }, data: { passwordHash: null } });
  await expect(changePassword(actor, CHANGE)).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("nobody but a person with a browser can, an admin's token neither", async () => {
  const admin = await somebodySignedIn("admin");
  const byToken = { ...admin, sessionId: null };
  for (const actor of [byToken, aSystem("person:manage")]) {
    await expect(changePassword(actor, CHANGE)).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  expect(await signInAs(admin.email)).toMatchObject({ id: admin.id });
});

test.each<[string, (actor: PersonActor) => Promise<unknown>]>([
  ["was disabled", ({ id }) => setPerson(id, { disabledAt: new Date() })],
  ["has another role now", ({ id }) => setPerson(id, { role: "auditor" })],
  ["was signed out everywhere", ({ id }) => setPerson(id, { sessionVersion: 7 })],
  [
    "was signed out of this session",
    ({ sessionId }) =>
      db().session.update({ where: { id: sessionId ?? "" }, data: { endedAt: new Date() } }),
  ],
])("who %s a moment ago changes nothing", async (_, end) => {
  const actor = await somebodySignedIn();
  await end(actor);
  await expect(changePassword(actor, CHANGE)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await eventsOf(actor.id)).toEqual([]);
});

test("two at once leave one password and one event", RACE, async () => {
  const actor = await somebodySignedIn();
  const change = (newPassword: string) =>
    changePassword(actor, { currentPassword: OLD, newPassword });
  const done = await Promise.allSettled([change(`${NEW} 1`), change(`${NEW} 2`)]);
  expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await eventsOf(actor.id)).toHaveLength(1);
});

test("nothing changes when the trail cannot be written", async () => {
  const elsewhere = await somebodySignedIn();
  const here = await signInAs(elsewhere.email);
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(changePassword(here, CHANGE)).rejects.toThrow();
  });
  for (const session of [here, elsewhere]) expect(await stands(session)).toBe(true);
  expect(await signInAs(here.email)).toMatchObject({ id: here.id });
});
