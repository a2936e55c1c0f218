import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { deny, toPasswordMaker } from "../access/authorize.ts";
import { toOwnTarget } from "../access/targets.ts";
import { parseInput } from "../parse-input.ts";
import { changePerson } from "../people/change-person.ts";
import { hashPassword, MAX_PASSWORD_CHARACTERS, newPasswordSchema } from "../people/password.ts";
import { requireOwnPassword } from "./require-own-password.ts";

export const changePasswordSchema = z
  .strictObject({
    currentPassword: z.string().min(1).max(MAX_PASSWORD_CHARACTERS),
    newPassword: newPasswordSchema,
  })
  .refine((given) => given.newPassword !== given.currentPassword, {
    path: ["newPassword"],
    message: "The new password must differ from the current one.",
  });

/**
 * Changes the actor's own password, and ends their other sessions and personal tokens, in case somebody else
 * knew the old one. Requires the current password, since the browser may have been left open; wrong ones
 * count as at sign-in. Not available with a token.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT for a wrong current password or an invalid new one
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
      // If an admin made the session's password, that admin may be the one who chooses now.
      ...(actor.passwordMaker ? {} : { passwordMadeBy: { disconnect: true } }),
    },
    before: null,
    after: actor.passwordMaker ? toPasswordMaker(actor) : null,
  }));
}
