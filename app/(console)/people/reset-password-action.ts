"use server";

import { z } from "zod";
import type { ActResult } from "#components/acts/act-result.ts";
import { resetPassword } from "#lib/access/reset-password.ts";
import { getConfig } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";
import { parseInput } from "#lib/parse-input.ts";
import { act } from "../../act.ts";

const resetSchema = z.strictObject({ personId: z.string(), reason: z.string() });

/** Makes a new password for a person, which is in this answer and nowhere else. */
export async function resetPasswordAction(
  input: unknown,
): Promise<ActResult<{ password: string }>> {
  return await act(async (actor) => {
    if (!getConfig().passwordSignIn) {
      const message = "Nobody signs in with a password here.";
      throw new AppError("CONFLICT", message, [{ path: "personId", message }]);
    }
    const { password } = await resetPassword(actor, parseInput(resetSchema, input));
    return { password };
  });
}
