import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSignedInPerson } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { createPerson } from "../people/create-person.ts";
import { getPerson } from "../people/get-person.ts";
import { listPeople } from "../people/list-people.ts";
import { newPassword } from "../people/password.ts";
import { findAnySessionActor } from "../sessions/find-session-actor.ts";
import type { SignInMethod } from "../sessions/session-record.ts";
import { startSession } from "../sessions/start-session.ts";
import { createToken } from "../tokens/create-token.ts";
import { changePassword } from "./change-password.ts";
import { choosePassword } from "./choose-password.ts";
import { resetPassword } from "./reset-password.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

useTestDatabase();
process.env.PASSWORD_SIGN_IN = "on";

const OWN = "a password that was chosen";
const REASON = "They forgot the old one";

async function signIn(email: string, password: string, method: SignInMethod = "password") {
  const origin = anOrigin({ ip: null });
  const person = await signInWithPassword({ email, password }, origin);
  if (!person) throw new Error("They cannot sign in.");
  const session = await startSession(person, { method, previousSessionId: null });
  return await goOn({ ...person, ...session });
}

/** The actor of the next request with the same session. */
async function goOn({ sessionId, origin }: PersonActor): Promise<PersonActor> {
  const result = await findAnySessionActor({ sessionId }, origin);
  if (!result) throw new Error("The session does not stand.");
  return result.actor;
}

/** What the admin can make of it: signs in with the password they made, and chooses "their own". */
async function takeOver(
  how: "reset" | "invited",
  role: "support" | "admin" = "support",
): Promise<{ admin: PersonActor; taken: PersonActor; password: string }> {
  const admin = await aPerson("admin");
  if (how === "invited") {
    const password = newPassword();
    const email = `${crypto.randomUUID()}@staff.test`;
    await createPerson(admin, { email, name: "New", role, password });
    return { admin, taken: await choose(await signIn(email, password)), password: OWN };
  }
  const { id: personId, email } = await aPerson(role);
  const { password } = await resetPassword(admin, { personId, reason: REASON });
  return { admin, taken: await choose(await signIn(email, password)), password: OWN };
}

async function choose(actor: PersonActor): Promise<PersonActor> {
  await choosePassword(actor, { newPassword: OWN });
  return await goOn(actor);
}

const flip = async (actor: PersonActor) =>
  await setFlag(actor, { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON });
const aFlip = (actor: PersonActor) => expect(flip(actor));

describe.each(["reset", "invited"] as const)(
  "somebody whose password an admin made (%s)",
  (how) => {
    test("changes no flag, though they chose another with it, changed it, and signed in anew", async () => {
      const { admin, taken } = await takeOver(how);
      const maker = { id: admin.id, name: admin.name, email: admin.email };
      expect(taken.passwordMaker).toEqual(maker);
      await aFlip(taken).rejects.toMatchObject({ code: "FORBIDDEN", message: /Pat admin made/ });
      const later = "and another one after that";
      await changePassword(taken, { currentPassword: OWN, newPassword: later });
      await aFlip(await goOn(taken)).rejects.toMatchObject({ code: "FORBIDDEN" });
      const again = await signIn(taken.email, later);
      await aFlip(again).rejects.toMatchObject({ code: "FORBIDDEN" });
      expect(again.passwordMaker).toEqual(maker);
    });

    test("has its sessions and choices in the trail with who made it", async () => {
      const { admin, taken } = await takeOver(how);
      const where = { actorId: taken.id };
      const events = await readEvents(where);
      expect(events.map(({ action, after }) => ({ action, after }))).toMatchObject([
        { action: "session.started", after: { passwordMadeBy: admin.email } },
        { action: "person.password_changed", after: { passwordMadeBy: admin.email } },
      ]);
    });

    test("gets no token, and nothing that an admin has", async () => {
      const { taken } = await takeOver(how, "admin");
      const { id: personId } = await aPerson("support");
      const expiresAt = new Date(Date.now() + 86_400_000);
      const token = { kind: "personal", name: "Kept", personId: taken.id, expiresAt } as const;
      const attempts = [
        () => createToken(taken, { ...token, password: OWN }),
        () => resetPassword(taken, { personId, reason: REASON }),
        () => listPeople(taken, {}),
      ];
      for (const attempt of attempts) {
        await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
      }
    });

    test("changes flags once they came by OpenID Connect, and with what they choose there", async () => {
      const { taken, password } = await takeOver(how);
      const real = await signIn(taken.email, password, "openid");
      await flip(real);
      await aFlip(await signIn(taken.email, password)).rejects.toMatchObject({ code: "FORBIDDEN" });
      const newPassword = "known to nobody else by now";
      await changePassword(real, { currentPassword: password, newPassword });
      await flip(await signIn(taken.email, newPassword));
    });
  },
);

test("the people pages name who made a password, until its person chose another one", async () => {
  const { admin, taken, password } = await takeOver("reset");
  const find = async () => (await getPerson(admin, taken.id)).passwordMaker;
  expect(await find()).toBe(admin.name);
  const real = await signIn(taken.email, password, "openid");
  await changePassword(real, { currentPassword: password, newPassword: "nobody else knows it" });
  expect(await find()).toBeNull();
});

test("nobody makes a new password for themselves: who has an admin's session would keep the account", async () => {
  const admin = await aSignedInPerson("admin");
  const before = await db().person.findUniqueOrThrow({ where: { id: admin.id } });
  const attempt = resetPassword(admin, { personId: admin.id, reason: REASON });
  await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await db().person.findUniqueOrThrow({ where: { id: admin.id } })).toEqual(before);
});
