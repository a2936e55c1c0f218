"use server";

import { choosePassword, choosePasswordSchema } from "#lib/sign-in/choose-password.ts";
import { defineAction } from "../define-action.ts";
import { requirePasswords } from "../require-passwords.ts";
import { findChooser } from "../session.ts";

/** Chooses the password of whoever signed in with one that an admin made. */
export const choosePasswordAction = defineAction({
  schema: choosePasswordSchema,
  findActor: findChooser,
  run: async (actor, input) => {
    requirePasswords();
    await choosePassword(actor, input);
    return null;
  },
});
