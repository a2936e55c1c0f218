import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "../people/change-person.ts";
import { hashPassword, newPassword } from "../people/password.ts";

export const resetPasswordSchema = z.strictObject({ personId: z.uuid(), reason: reasonSchema });

/** The only place that has the password in the clear. */
export type NewPassword = { person: ChangedPerson; password: string };

/**
 * Sets a new random password for a person, and ends their sessions and personal tokens at once. They have to
 * choose their own at the next sign-in; its maker may know that one, too, so their sessions name the maker
 * (`PersonActor.passwordMaker`). Takes `person:manage`. Not for the actor's own account: a stolen admin
 * session could keep the account for good.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the actor's own account
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
      // Only whether there is one, and only if that changes; never the password or its hash.
      before: before === null ? { hasPassword: false } : null,
      after: before === null ? { hasPassword: true } : null,
    }),
  );
  return { person, password };
}

/** The person who made the password; none for one made by a command. */
function toMaker(actor: Actor) {
  return actor.type === "person" ? { connect: { id: actor.id } } : { disconnect: true };
}
