import { resetPassword } from "#lib/sign-in/reset-password.ts";
import { CommandError } from "./command-error.ts";
import { findPersonByEmail } from "./find-person.ts";
import { requirePasswords } from "./find-sign-in.ts";
import type { Command } from "./run-command.ts";
import { showSecret } from "./show-secret.ts";

/** `npm run person:reset-password -- EMAIL REASON`: also for an only admin who has lost the password. */
export const resetLostPassword: Command<{ email: string; reason: string }> = {
  name: "person:reset-password",
  permission: "person:manage",
  readArguments: ([email, reason, ...rest]) => {
    if (email === undefined || reason === undefined || rest.length > 0) {
      throw new CommandError('Use: npm run person:reset-password -- EMAIL "REASON"');
    }
    requirePasswords(process.env);
    return { email, reason };
  },
  work: async (actor, { email, reason }) => {
    const { id: personId } = await findPersonByEmail(email);
    const { password, person } = await resetPassword(actor, { personId, reason });
    showSecret(password, {
      about: `${person.email} is signed out everywhere. This password is shown once; they choose their own when they sign in with it:`,
    });
  },
};
