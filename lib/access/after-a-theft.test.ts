import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSignedInPerson, aToken } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { hashPassword } from "../people/password.ts";
import { signOutEverywhere } from "../people/sign-out-everywhere.ts";
import { findSessionActor } from "../sessions/find-session-actor.ts";
import { startSession } from "../sessions/start-session.ts";
import { changePassword } from "../sign-in/change-password.ts";
import { resetPassword } from "../sign-in/reset-password.ts";
import { signInWithPassword } from "../sign-in/sign-in-with-password.ts";
import { authenticateToken } from "../tokens/authenticate-token.ts";
import { type CreateTokenInput, createToken } from "../tokens/create-token.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import type { PersonActor } from "./actor.ts";
import { refusals } from "./refusal-log.ts";

useTestDatabase();

const PASSWORD = "a password of their own";
const REASON = "A browser was stolen";
const expiresAt = () => new Date(Date.now() + 86_400_000);
const service = (): CreateTokenInput => ({
  kind: "service",
  name: "Left behind",
  scopes: ["flags:read"],
  expiresAt: expiresAt(),
});
const personal = ({ id: personId }: PersonActor): CreateTokenInput => ({
  kind: "personal",
  name: "Left behind",
  personId,
  expiresAt: expiresAt(),
});

/** An admin who signed in with their password, in a session that somebody may have copied. */
async function anAdminWithPassword(): Promise<PersonActor> {
  const { id, email } = await aPerson("admin");
  const data = { passwordHash: await hashPassword(PASSWORD) };
  await db().person.update({ where: { id }, data });
  const origin = anOrigin({ ip: null });
  const person = await signInWithPassword({ email, password: PASSWORD }, origin);
  if (!person) throw new Error("They cannot sign in.");
  const how = { method: "password", previousSessionId: null } as const;
  const actor = await findSessionActor(await startSession(person, how), origin);
  if (!actor) throw new Error("The session does not stand.");
  return actor;
}

describe("in a session that began with a password", () => {
  test("no token is made or rotated without that password", async () => {
    const admin = await anAdminWithPassword();
    const own = await aToken({ personId: admin.id });
    const program = await aToken({ scopes: ["flags:read"] });
    const before = await db().token.count();
    for (const password of [undefined, "", "a guess"]) {
      const given = password === undefined ? {} : { password };
      const rotation = { expiresAt: expiresAt(), overlapMs: 0, ...given };
      const refused = { code: "INVALID_INPUT", issues: [{ path: "password" }] };
      for (const input of [service(), personal(admin)]) {
        await expect(createToken(admin, { ...input, ...given })).rejects.toMatchObject(refused);
      }
      for (const { id: tokenId } of [own, program]) {
        const attempt = rotateToken(admin, { tokenId, ...rotation });
        await expect(attempt).rejects.toMatchObject({
          code: expect.stringMatching(/INVALID_INPUT|RATE_LIMITED/),
        });
      }
    }
    expect(await db().token.count()).toBe(before);
    await authenticateToken(own.secret, anOrigin());
  });

  test("with the password it is made, and guesses at it are recorded", async () => {
    const admin = await anAdminWithPassword();
    const guess = createToken(admin, { ...personal(admin), password: "a guess" });
    await expect(guess).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await refusals().flush();
    const where = { targetId: admin.id, action: "token.created", outcome: "failed" };
    expect((await readEvents(where))[0]).toMatchObject({
      after: { why: "wrong password" },
    });
    const made = await createToken(admin, { ...personal(admin), password: PASSWORD });
    const rotation = { tokenId: made.id, expiresAt: expiresAt(), overlapMs: 0, password: PASSWORD };
    const { secret } = await rotateToken(admin, rotation);
    expect(await authenticateToken(secret, anOrigin())).toMatchObject({ id: admin.id });
  });
});

test("after a sign-in by OpenID Connect tokens can be made for ten minutes, then it takes a new sign-in", async () => {
  const admin = await aSignedInPerson("admin");
  await createToken(admin, personal(admin));
  const createdAt = new Date(Date.now() - 11 * 60_000);
  await db().session.update({ where: { id: admin.sessionId ?? "" }, data: { createdAt } });
  for (const input of [personal(admin), service()]) {
    await expect(createToken(admin, input)).rejects.toMatchObject({ code: "CONFLICT" });
  }
  await createToken(await aSignedInPerson("admin"), service());
});

test.each(["no session", "a token", "somebody else's session"])(
  "no token is made by a person with %s",
  async (how) => {
    const admin = await aPerson("admin");
    const tokenId = how === "a token" ? (await aToken({ personId: admin.id })).id : null;
    const sessionId =
      how === "somebody else's session" ? (await aSignedInPerson("admin")).sessionId : null;
    const taken = { ...admin, tokenId, sessionId };
    await expect(createToken(taken, service())).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(createToken(taken, personal(admin))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await refusals().settled();
    const where = { actorId: admin.id, action: "access.denied" };
    // Not that they lacked a permission: they hold it, and a personal token takes none.
    expect(await readEvents(where)).toMatchObject([
      { targetId: admin.id, after: { why: "not signed in with a browser" } },
    ]);
  },
);

const ENDS = {
  "signing out everywhere": (person: PersonActor) =>
    signOutEverywhere(person, { personId: person.id }),
  "an admin's signing them out everywhere": async ({ id: personId }: PersonActor) =>
    signOutEverywhere(await aPerson("admin"), { personId, reason: REASON }),
  "a reset password": async ({ id: personId }: PersonActor) =>
    resetPassword(await aPerson("admin"), { personId, reason: REASON }),
  "a new password": (person: PersonActor) =>
    changePassword(person, { currentPassword: PASSWORD, newPassword: "another one of theirs" }),
};

test.each(Object.entries(ENDS))(
  "%s ends the person's personal tokens, each with its event",
  async (_, end) => {
    const person = await anAdminWithPassword();
    const own = [await aToken({ personId: person.id }), await aToken({ personId: person.id })];
    const program = await aToken({ scopes: ["flags:read"] });
    const other = await aToken({ personId: (await aPerson("admin")).id });
    await end(person);
    for (const { id, secret } of own) {
      await expect(authenticateToken(secret, anOrigin())).rejects.toMatchObject({
        code: "UNAUTHENTICATED",
      });
      const where = { targetId: id, action: "token.revoked" };
      expect(await readEvents(where)).toHaveLength(1);
    }
    for (const { secret } of [program, other]) await authenticateToken(secret, anOrigin());
  },
);
