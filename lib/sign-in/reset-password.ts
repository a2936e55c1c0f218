import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "../people/change-person.ts";
import { hashPassword, newPassword } from "../people/password.ts";

export const resetPasswordSchema = z.strictObject({ personId: z.uuid(), reason: reasonSchema });

/** The password is in this answer and nowhere else. */
export type NewPassword = { person: ChangedPerson; password: string };

/**
 * Gives a person a new random password, and ends their sessions and personal tokens at once: the old
 * password was forgotten, or known to somebody else. With it they choose one of their own, and do nothing
 * else before. Whoever made it may know that one, too: until they sign in otherwise, their sessions say so
 * (`PersonActor.passwordMaker`). Takes `person:manage`. Nobody makes one for themselves: who has got at an
 * admin's session would have the account for good.
 *
 * @throws AppError NOT_FOUND, CONFLICT for oneself
 */
export async function resetPassword(
  actor: Actor,
  input: z.input<typeof resetPasswordSchema>,
): Promise<NewPassword> {
  authorize(actor, "person:manage", { tried: input.personId });
  const which = parseInput(resetPasswordSchema, input);
  if (actor.type === "person" && actor.id === which.personId) {
    const message =
      "You cannot make a new password for yourself. Change yours on the page of your account, or let another admin make one.";
    throw new AppError("CONFLICT", message, [{ path: "", message }]);
  }
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  const endsTokens = true;
  const person = await changePerson(
    actor,
    { ...which, endsTokens },
    ({ passwordHash: before }) => ({
      action: "person.password_reset",
      data: {
        passwordHash,
        isPasswordTemporary: true,
        passwordMadeBy: toMaker(actor),
      },
      // Whether there is one, when that changes; never the password, not even hashed.
      before: before === null ? { hasPassword: false } : null,
      after: before === null ? { hasPassword: true } : null,
    }),
  );
  return { person, password };
}

/** One made from the shell has no maker who could sign in with it here. */
function toMaker(actor: Actor) {
  return actor.type === "person" ? { connect: { id: actor.id } } : { disconnect: true };
}
