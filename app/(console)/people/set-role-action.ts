"use server";

import { z } from "zod";
import type { SetRoleResult } from "#components/people/person-actions.ts";
import { parseInput } from "#lib/parse-input.ts";
import { roleSchema } from "#lib/people/person-record.ts";
import { StaleRole, setPersonRole } from "#lib/people/set-person-role.ts";
import { act } from "../../act.ts";

/** The shape of what arrives; what it says is for the verb to check. */
const changeSchema = z.strictObject({
  personId: z.string(),
  role: roleSchema,
  expectedRole: roleSchema,
  reason: z.string(),
});

/** Sets a person's role; a stale one comes back with the role they have now. */
export async function setRoleAction(viewerId: string, input: unknown): Promise<SetRoleResult> {
  let current: StaleRole["current"] | null = null;
  const result = await act(viewerId, async (actor) => {
    try {
      const { changed } = await setPersonRole(actor, parseInput(changeSchema, input));
      return { changed };
    } catch (error) {
      if (error instanceof StaleRole) current = error.current;
      throw error;
    }
  });
  return result.ok ? result : { ...result, current };
}
