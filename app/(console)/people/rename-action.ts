"use server";

import { z } from "zod";
import type { ActionResult } from "#components/actions/action.ts";
import { parseInput } from "#lib/parse-input.ts";
import { renamePerson } from "#lib/people/rename-person.ts";
import { act } from "../../act.ts";

const renameSchema = z.strictObject({
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  reason: z.string(),
});

/** Gives a person another name or another e-mail address. */
export async function renameAction(
  viewerId: string,
  input: unknown,
): Promise<ActionResult<{ changed: boolean; name: string }>> {
  return await act(viewerId, async (actor) => {
    const { changed, name } = await renamePerson(actor, parseInput(renameSchema, input));
    return { changed, name };
  });
}
