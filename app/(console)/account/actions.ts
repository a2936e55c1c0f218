"use server";

import { z } from "zod";
import { setMuted, setMutedSchema } from "#lib/notices/set-muted.ts";
import { setPreferences, setPreferencesSchema } from "#lib/people/set-preferences.ts";
import { signOutEverywhere } from "#lib/people/sign-out-everywhere.ts";
import { endSession, endSessionSchema } from "#lib/sessions/end-session.ts";
import { changePassword, changePasswordSchema } from "#lib/sign-in/change-password.ts";
import { defineAction } from "../../define-action.ts";
import { requirePasswords } from "../../require-passwords.ts";

/** Changes the password of the person who is signed in. */
export const changePasswordAction = defineAction({
  permission: null,
  schema: changePasswordSchema,
  run: async (actor, input) => {
    requirePasswords();
    await changePassword(actor, input);
    return null;
  },
});

/**
 * Ends one of the signed-in person's own sessions. Ending somebody else's takes a reason, which this
 * never sends.
 */
export const endOwnSessionAction = defineAction({
  permission: null,
  schema: endSessionSchema.pick({ sessionId: true }),
  run: async (actor, input) => {
    await endSession(actor, input);
    return null;
  },
});

/** Ends all sessions of the person who is signed in, including this one. */
export const signOutSelfAction = defineAction({
  permission: null,
  schema: z.unknown(),
  run: async (actor) => {
    await signOutEverywhere(actor, { personId: actor.id });
    return null;
  },
});

/** Sets the zone and language of the person who is signed in. */
export const setPreferencesAction = defineAction({
  permission: null,
  schema: setPreferencesSchema,
  run: async (actor, input) => {
    await setPreferences(actor, input);
    return null;
  },
});

/** Switches a kind of notice off or on for the person who is signed in. */
export const setMutedAction = defineAction({
  permission: null,
  schema: setMutedSchema,
  run: async (actor, input) => {
    await setMuted(actor, input);
    return null;
  },
});
