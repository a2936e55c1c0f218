"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { forgetIdentity } from "#lib/people/forget-identity.ts";
import { act } from "../../act.ts";

const forgetSchema = z.strictObject({ personId: z.string(), reason: z.string() });

/** Unties a person from their account at the identity provider. */
export async function forgetIdentityAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean }>> {
  return await act(viewerId, async (actor) => {
    const { changed } = await forgetIdentity(actor, parseInput(forgetSchema, input));
    return { changed };
  });
}
