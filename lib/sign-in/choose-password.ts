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
 * Chooses a password of one's own in place of the one that an admin made, which ceases, and ends
 * one's other sessions: whoever else knew that one is out. Only right after signing in with it;
 * its words are not asked for again. Recorded.
 *
 * @throws AppError FORBIDDEN for anybody else, INVALID_INPUT for a poor password or the admin's
 */
export async function choosePassword(
  actor: Actor,
  input: z.input<typeof choosePasswordSchema>,
): Promise<void> {
  const made = actor.type === "person" ? await findMadePassword(actor) : null;
  if (actor.type !== "person" || made === null) {
    const message = "Only who signed in with a password that an admin made can choose one so.";
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
    // Chosen with the admin's, so the admin may be the one who chose: `passwordMadeBy` stays.
    after: { isPasswordTemporary: false, ...toPasswordMaker(actor) },
  }));
}

/** The hash of the password that an admin made, when this very session began with it. */
async function findMadePassword({ id: personId, sessionId }: PersonActor): Promise<string | null> {
  if (sessionId === null) return null;
  const session = await db().session.findFirst({
    where: { id: sessionId, personId },
    select: { method: true, person: true },
  });
  return session && mustChoosePassword(session) ? session.person.passwordHash : null;
}
