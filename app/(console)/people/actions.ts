"use server";

import { undoPerson, undoPersonSchema } from "#lib/batches/undo-person.ts";
import { getConfig } from "#lib/config.ts";
import { createPerson, createPersonSchema } from "#lib/people/create-person.ts";
import { endWaitingWork, endWaitingWorkSchema } from "#lib/people/end-waiting-work.ts";
import { forgetIdentity, forgetIdentitySchema } from "#lib/people/forget-identity.ts";
import { newPassword } from "#lib/people/password.ts";
import { renamePerson, renamePersonSchema } from "#lib/people/rename-person.ts";
import { requestErasure, requestErasureSchema } from "#lib/people/request-erasure.ts";
import { setPersonDisabled, setPersonDisabledSchema } from "#lib/people/set-person-disabled.ts";
import { StaleRole, setPersonRole, setPersonRoleSchema } from "#lib/people/set-person-role.ts";
import { signOutEverywhere, signOutEverywhereSchema } from "#lib/people/sign-out-everywhere.ts";
import { withdrawErasure, withdrawErasureSchema } from "#lib/people/withdraw-erasure.ts";
import { endSession, endSessionSchema } from "#lib/sessions/end-session.ts";
import { resetPassword, resetPasswordSchema } from "#lib/sign-in/reset-password.ts";
import { defineAction } from "../../define-action.ts";
import { requirePasswords } from "../../require-passwords.ts";

/** Invites a person. With password sign-in, the first password is in this answer and nowhere else. */
export const invitePersonAction = defineAction({
  permission: "person:manage",
  schema: createPersonSchema.pick({ name: true, email: true, role: true }),
  run: async (actor, invitation) => {
    const password = getConfig().passwordSignIn ? newPassword() : null;
    const { name, email } = await createPerson(actor, {
      ...invitation,
      ...(password === null ? {} : { password }),
    });
    return { name, email, password };
  },
});

/** Sets a person's role. A stale change fails with the role that the person has now. */
export const setRoleAction = defineAction({
  permission: "person:manage",
  schema: setPersonRoleSchema.required({ expectedRole: true }),
  run: async (actor, input) => toChanged(await setPersonRole(actor, input)),
  toCurrent: (error) => (error instanceof StaleRole ? error.current : null),
});

/** Disables a person, or enables them again. */
export const setDisabledAction = defineAction({
  permission: "person:manage",
  schema: setPersonDisabledSchema,
  run: async (actor, input) => toChanged(await setPersonDisabled(actor, input)),
});

/** Changes a person's name or e-mail address. */
export const renameAction = defineAction({
  permission: "person:manage",
  schema: renamePersonSchema,
  run: async (actor, input) => {
    const { changed, name } = await renamePerson(actor, input);
    return { changed, name };
  },
});

/** Requests the erasure of a person; the typed address must be theirs. */
export const requestErasureAction = defineAction({
  permission: "person:manage",
  schema: requestErasureSchema,
  run: async (actor, input) => toChanged(await requestErasure(actor, input)),
});

/** Withdraws the request to erase a person. */
export const withdrawErasureAction = defineAction({
  permission: "person:manage",
  schema: withdrawErasureSchema,
  run: async (actor, input) => toChanged(await withdrawErasure(actor, input)),
});

/** Unlinks a person from their account at the identity provider. */
export const forgetIdentityAction = defineAction({
  permission: "person:manage",
  schema: forgetIdentitySchema,
  run: async (actor, input) => toChanged(await forgetIdentity(actor, input)),
});

/** Creates a new password for a person, which is in this answer and nowhere else. */
export const resetPasswordAction = defineAction({
  permission: "person:manage",
  schema: resetPasswordSchema,
  run: async (actor, input) => {
    requirePasswords();
    const { password } = await resetPassword(actor, input);
    return { password };
  },
});

/** Ends all sessions of a person. */
export const signOutEverywhereAction = defineAction({
  permission: null,
  schema: signOutEverywhereSchema.required({ reason: true }),
  run: async (actor, input) => {
    await signOutEverywhere(actor, input);
    return null;
  },
});

/** Ends what waits in a person's name: their requests and schedules. */
export const endWaitingWorkAction = defineAction({
  permission: null,
  schema: endWaitingWorkSchema,
  run: async (actor, input) => {
    await endWaitingWork(actor, input);
    return null;
  },
});

/** Ends one session of a person. */
export const endSessionAction = defineAction({
  permission: null,
  schema: endSessionSchema.required({ reason: true }),
  run: async (actor, input) => {
    await endSession(actor, input);
    return null;
  },
});

/** Undoes what a person did since a time. */
export const undoPersonAction = defineAction({
  permission: "person:undo",
  schema: undoPersonSchema,
  run: async (actor, input) => {
    const { batchId, changed, needApproval, conflicts } = await undoPerson(actor, input);
    return {
      batchId,
      changed: changed.length,
      requested: needApproval.length,
      conflicts: conflicts.length,
    };
  },
});

/** Leaves out the person's record, which the verbs return: it stays on the server. */
function toChanged({ changed }: { changed: boolean }): { changed: boolean } {
  return { changed };
}
