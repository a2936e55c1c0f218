"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { signOutEverywhere } from "#lib/people/sign-out-everywhere.ts";
import { act } from "../../act.ts";

const signOutSchema = z.strictObject({ personId: z.string(), reason: z.string() });

/** Ends every session of somebody. */
export async function signOutEverywhereAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<null>> {
  return await act(viewerId, async (actor) => {
    await signOutEverywhere(actor, parseInput(signOutSchema, input));
    return null;
  });
}
