"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { choosePassword } from "#lib/sign-in/choose-password.ts";
import { act } from "../act.ts";
import { requirePasswords } from "../require-passwords.ts";
import { findChooser } from "../session.ts";

const chooseSchema = z.strictObject({ newPassword: z.string() });

/** Chooses the password of whoever signed in with one that an admin made. */
export async function choosePasswordAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<null>> {
  const choose = async (actor: Parameters<typeof choosePassword>[0]) => {
    requirePasswords();
    await choosePassword(actor, parseInput(chooseSchema, input));
    return null;
  };
  return await act(viewerId, choose, findChooser);
}
