"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { changePassword } from "#lib/sign-in/change-password.ts";
import { act } from "../../act.ts";
import { requirePasswords } from "../../require-passwords.ts";

const changeSchema = z.strictObject({ currentPassword: z.string(), newPassword: z.string() });

/** Changes the password of whoever is signed in. */
export async function changePasswordAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<null>> {
  return await act(viewerId, async (actor) => {
    requirePasswords();
    await changePassword(actor, parseInput(changeSchema, input));
    return null;
  });
}
