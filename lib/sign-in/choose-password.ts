import { z } from "zod";
import type { Actor, PersonActor } from "../access/actor.ts";
import { deny, toPasswordMaker } from "../access/authorize.ts";
import { toOwnTarget } from "../access/targets.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { changePerson } from "../people/change-person.ts";
import { hashPassword, matchesPassword, newPasswordSchema } from "../people/password.ts";
import { mustChoosePassword } from "../sessions/find-session-actor.ts";

export const choosePasswordSchema = z.strictObject({ newPassword: newPasswordSchema });

/**
 * Replaces the password that an admin made by one of the actor's own, and ends their other sessions and
 * personal tokens. Only in a session that began with the admin's password, which is not asked for again.
 * Recorded in the trail.
 *
 * @throws AppError FORBIDDEN in any other session, INVALID_INPUT for an invalid password or the admin's
 */
export async function choosePassword(
  actor: Actor,
  input: z.input<typeof choosePasswordSchema>,
): Promise<void> {
  const made = actor.type === "person" ? await findMadePassword(actor) : null;
  if (actor.type !== "person" || made === null) {
    const message = "Only somebody who signed in with a password that an admin made can do this.";
    throw deny(actor, {
      why: "not signed in with a password that an admin made",
      target: toOwnTarget(actor),
      message,
    });
  }
  const { newPassword } = parseInput(choosePasswordSchema, input);
  if (await matchesPassword(newPassword, made)) {
    const message = "This is the password that an admin made. Choose another.";
    throw new AppError("INVALID_INPUT", message, [{ path: "newPassword", message }]);
  }
  const passwordHash = await hashPassword(newPassword);
  const which = {
    personId: actor.id,
    reason: null,
    keptSessionId: actor.sessionId,
    endsTokens: true,
  };
  await changePerson(actor, which, () => ({
    action: "person.password_changed",
    data: { passwordHash, isPasswordTemporary: false },
    before: { isPasswordTemporary: true },
    // `passwordMadeBy` stays: the admin knew the old password, and may be the one who chose this one.
    after: { isPasswordTemporary: false, ...toPasswordMaker(actor) },
  }));
}

/** The hash of the password that an admin made, if this session began with it; else null. */
async function findMadePassword({ id: personId, sessionId }: PersonActor): Promise<string | null> {
  if (sessionId === null) return null;
  const session = await db().session.findFirst({
    where: { id: sessionId, personId },
    select: { method: true, person: true },
  });
  return session && mustChoosePassword(session) ? session.person.passwordHash : null;
}
