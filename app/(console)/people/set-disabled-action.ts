"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { setPersonDisabled } from "#lib/people/set-person-disabled.ts";
import { act } from "../../act.ts";

const changeSchema = z.strictObject({
  personId: z.string(),
  isDisabled: z.boolean(),
  reason: z.string(),
});

/** Disables a person, or lets them back in. */
export async function setDisabledAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean }>> {
  return await act(viewerId, async (actor) => {
    const { changed } = await setPersonDisabled(actor, parseInput(changeSchema, input));
    return { changed };
  });
}
