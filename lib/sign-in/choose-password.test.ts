import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { AppError } from "../errors.ts";
import { createPerson } from "../people/create-person.ts";
import { findAnySessionActor, findSessionActor } from "../sessions/find-session-actor.ts";
import type { SignInMethod } from "../sessions/session-record.ts";
import { startSession } from "../sessions/start-session.ts";
import { authenticateToken } from "../tokens/authenticate-token.ts";
import { changePassword } from "./change-password.ts";
import { choosePassword } from "./choose-password.ts";
import { resetPassword } from "./reset-password.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

const database = useTestDatabase();
process.env.PASSWORD_SIGN_IN = "on";

const OWN = "a password of their own";
const CHOICE = { newPassword: OWN };
const system = aSystem("person:manage");
const eventsOf = (targetId: string, action = "person.password_changed") =>
  readEvents({ targetId, action });

/** Somebody with a password that an admin made, who has just signed in with it. */
async function aChooser(): Promise<PersonActor & { password: string }> {
  const { id: personId, email } = await aPerson("support");
  const { password } = await resetPassword(system, { personId, reason: "They are new here" });
  return { ...(await signInAs(email, password)), password };
}

async function signInAs(
  email: string,
  password: string,
  method: SignInMethod = "password",
): Promise<PersonActor> {
  const person = await signInWithPassword({ email, password }, anOrigin({ ip: null }));
  if (!person) throw new Error("They cannot sign in.");
  return { ...person, ...(await startSession(person, { method, previousSessionId: null })) };
}

const isOpen = async ({ sessionId, origin }: PersonActor) =>
  (await findSessionActor({ sessionId }, origin)) !== null;

test("with a password that an admin made nothing is allowed until another is chosen", async () => {
  const chooser = await aChooser();
  expect(await isOpen(chooser)).toBe(false);
  expect(await findAnySessionActor(chooser, chooser.origin)).toMatchObject({ mustChoose: true });
  await choosePassword(chooser, CHOICE);
  expect(await isOpen(chooser)).toBe(true);
});

test("the same holds for an invited person's first password, unless they chose it themselves", async () => {
  const password = "made for them by an admin";
  for (const isPasswordOwn of [false, true]) {
    const email = `${crypto.randomUUID()}@staff.test`;
    const input = { email, name: "New", role: "support", password } as const;
    await createPerson(system, { ...input, ...(isPasswordOwn ? { isPasswordOwn } : {}) });
    expect(await isOpen(await signInAs(email, password))).toBe(isPasswordOwn);
  }
});

test("a person who signed in through an identity provider need not choose, and cannot", async () => {
  const { email, password } = await aChooser();
  const actor = await signInAs(email, password, "openid");
  expect(await isOpen(actor)).toBe(true);
  await expect(choosePassword(actor, CHOICE)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("the admin's password stops working, and other sessions end", async () => {
  const elsewhere = await aChooser();
  const { email, password } = elsewhere;
  const here = await signInAs(email, password);
  await choosePassword(here, CHOICE);
  expect(await signInWithPassword({ email, password }, anOrigin())).toBeNull();
  expect(await findAnySessionActor(elsewhere, anOrigin())).toBeNull();
  expect(await isOpen(await signInAs(email, OWN))).toBe(true);
});

test("it is recorded once, without a secret", async () => {
  const chooser = await aChooser();
  await choosePassword(chooser, CHOICE);
  const events = await eventsOf(chooser.id);
  expect(events).toMatchObject([
    {
      actorId: chooser.id,
      outcome: "success",
      before: { isPasswordTemporary: true },
      after: { isPasswordTemporary: false },
    },
  ]);
  const recorded = JSON.stringify(events, (_, value) => String(value));
  for (const secret of [OWN, chooser.password]) expect(recorded).not.toContain(secret);
});

test.each([
  ["short", () => "elevenchars"],
  ["the admin's", ({ password }: { password: string }) => password],
])("a password that is %s is refused, and nothing opens", async (_, toWanted) => {
  const chooser = await aChooser();
  const attempt = choosePassword(chooser, { newPassword: toWanted(chooser) });
  await expect(attempt).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [{ path: "newPassword" }],
  });
  expect(await isOpen(chooser)).toBe(false);
  expect(await eventsOf(chooser.id)).toEqual([]);
});

test("nobody else can choose: not after choosing, with a token, or in another session", async () => {
  const chooser = await aChooser();
  const other = await aChooser();
  for (const actor of [
    { ...chooser, sessionId: null },
    { ...chooser, sessionId: other.sessionId },
    aSystem("person:manage"),
  ]) {
    await expect(choosePassword(actor, CHOICE)).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  await choosePassword(chooser, CHOICE);
  const again = await signInAs(chooser.email, OWN);
  const attempt = choosePassword(again, { newPassword: "yet another one of theirs" });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await eventsOf(chooser.id)).toHaveLength(1);
});

test("a new password by an admin meanwhile ends the session that would choose", RACE, async () => {
  const chooser = await aChooser();
  await resetPassword(system, { personId: chooser.id, reason: "Once more" });
  await expect(choosePassword(chooser, CHOICE)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

test("a personal token does nothing meanwhile, and ends with the choice", async () => {
  const chooser = await aChooser();
  const { secret } = await aToken({ personId: chooser.id });
  const refused = await authenticateToken(secret, anOrigin()).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ code: "UNAUTHENTICATED", message: /choose a password/ });
  await choosePassword(chooser, CHOICE);
  await expect(authenticateToken(secret, anOrigin())).rejects.toThrow("This token was revoked");
});

test("two at once leave one password and one event", RACE, async () => {
  const chooser = await aChooser();
  const done = await Promise.allSettled(
    [1, 2].map((n) => choosePassword(chooser, { newPassword: `${OWN} ${n}` })),
  );
  expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await eventsOf(chooser.id)).toHaveLength(1);
});

test("changing it from one's account, knowing the admin's, is choosing one, too", async () => {
  const { email, password } = await aChooser();
  const actor = await signInAs(email, password, "openid");
  await changePassword(actor, { currentPassword: password, newPassword: OWN });
  expect(await isOpen(await signInAs(email, OWN))).toBe(true);
});

test("nothing changes when the trail cannot be written", async () => {
  const chooser = await aChooser();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(choosePassword(chooser, CHOICE)).rejects.toThrow();
  });
  expect(await isOpen(chooser)).toBe(false);
  expect(await signInAs(chooser.email, chooser.password)).toMatchObject({ id: chooser.id });
});
