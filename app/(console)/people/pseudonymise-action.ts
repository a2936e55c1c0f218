"use server";

import { z } from "zod";
import type { ActResult } from "#components/acts/act-result.ts";
import { pseudonymisePerson } from "#lib/access/pseudonymise-person.ts";
import { parseInput } from "#lib/parse-input.ts";
import { act } from "../../act.ts";

const pseudonymiseSchema = z.strictObject({
  personId: z.string(),
  reason: z.string(),
  expectedEmail: z.string(),
});

/** Replaces a person's data by a pseudonym, for good; what was typed must be their address. */
export async function pseudonymiseAction(
  viewerId: string,
  input: unknown,
): Promise<ActResult<{ changed: boolean; name: string }>> {
  return await act(viewerId, async (actor) => {
    const asked = parseInput(pseudonymiseSchema, input);
    const { changed, name } = await pseudonymisePerson(actor, asked);
    return { changed, name };
  });
}
