"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { getConfig } from "#lib/config.ts";
import { parseInput } from "#lib/parse-input.ts";
import { createPerson } from "#lib/people/create-person.ts";
import { newPassword } from "#lib/people/password.ts";
import { roleSchema } from "#lib/people/person-record.ts";
import { act } from "../../act.ts";

const invitationSchema = z.strictObject({ name: z.string(), email: z.string(), role: roleSchema });

/** Adds somebody; where passwords are on, with a first one that is in this answer and nowhere else. */
export async function invitePersonAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ name: string; email: string; password: string | null }>> {
  return await act(viewerId, async (actor) => {
    const invitation = parseInput(invitationSchema, input);
    const password = getConfig().passwordSignIn ? newPassword() : null;
    const { name, email } = await createPerson(actor, {
      ...invitation,
      ...(password === null ? {} : { password }),
    });
    return { name, email, password };
  });
}
