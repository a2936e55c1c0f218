"use server";

import type { ActionResult } from "#components/actions/action.ts";
import { signOutEverywhere } from "#lib/people/sign-out-everywhere.ts";
import { act } from "../../act.ts";

/** Ends every session of whoever is signed in, this one too. */
export async function signOutSelfAction(viewerId: string): Promise<ActionResult<null>> {
  return await act(viewerId, async (actor) => {
    await signOutEverywhere(actor, { personId: actor.id });
    return null;
  });
}
