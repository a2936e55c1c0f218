"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { resetPassword } from "#lib/sign-in/reset-password.ts";
import { act } from "../../act.ts";
import { requirePasswords } from "../../require-passwords.ts";

const resetSchema = z.strictObject({ personId: z.string(), reason: z.string() });

/** Makes a new password for a person, which is in this answer and nowhere else. */
export async function resetPasswordAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ password: string }>> {
  return await act(viewerId, async (actor) => {
    requirePasswords();
    const { password } = await resetPassword(actor, parseInput(resetSchema, input));
    return { password };
  });
}
