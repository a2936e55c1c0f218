"use server";

import { choosePassword, choosePasswordSchema } from "#lib/sign-in/choose-password.ts";
import { defineAction } from "../define-action.ts";
import { requirePasswords } from "../require-passwords.ts";
import { findPasswordChooser } from "../session.ts";

/** Sets the password of a person who signed in with one that an admin created. */
export const choosePasswordAction = defineAction({
  permission: null,
  schema: choosePasswordSchema,
  findActor: findPasswordChooser,
  run: async (actor, input) => {
    requirePasswords();
    await choosePassword(actor, input);
    return null;
  },
});
