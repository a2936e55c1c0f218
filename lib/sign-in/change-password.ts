import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { deny, toPasswordMaker } from "../access/authorize.ts";
import { toOwnTarget } from "../access/targets.ts";
import { parseInput } from "../parse-input.ts";
import { changePerson } from "../people/change-person.ts";
import { hashPassword, MOST_PASSWORD_CHARACTERS, newPasswordSchema } from "../people/password.ts";
import { requireOwnPassword } from "./require-own-password.ts";

export const changePasswordSchema = z
  .strictObject({
    currentPassword: z.string().min(1).max(MOST_PASSWORD_CHARACTERS),
    newPassword: newPasswordSchema,
  })
  .refine((given) => given.newPassword !== given.currentPassword, {
    path: ["newPassword"],
    message: "The new password must differ from the current one.",
  });

/**
 * Changes one's own password, and ends one's other sessions and one's personal tokens: whoever else knew the
 * old one is out. Takes the current password too, since a browser left open is not its owner; wrong ones
 * count as wrong ones at sign-in do. Not with a token, which would outlive a password it changed.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT for a wrong current password or a poor new one
 * @throws TooManyAttempts
 */
export async function changePassword(
  actor: Actor,
  input: z.input<typeof changePasswordSchema>,
): Promise<void> {
  if (actor.type !== "person" || actor.sessionId === null) {
    const message = "Only a person who is signed in with a browser can change their password.";
    throw deny(actor, { why: "not signed in with a browser", target: toOwnTarget(actor), message });
  }
  const { currentPassword, newPassword } = parseInput(changePasswordSchema, input);
  await requireOwnPassword(actor, currentPassword, {
    action: "person.password_changed",
    path: "currentPassword",
  });
  const passwordHash = await hashPassword(newPassword);
  const which = {
    personId: actor.id,
    reason: null,
    keptSessionId: actor.sessionId,
    endsTokens: true,
  };
  await changePerson(actor, which, () => ({
    action: "person.password_changed",
    data: {
      passwordHash,
      isPasswordTemporary: false,
      // In a session that began with what an admin made, the admin may be the one who chooses.
      ...(actor.passwordMaker ? {} : { passwordMadeBy: { disconnect: true } }),
    },
    before: null,
    after: actor.passwordMaker ? toPasswordMaker(actor) : null,
  }));
}
