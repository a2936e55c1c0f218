import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";

export const withdrawErasureSchema = z.strictObject({ personId: z.uuid(), reason: reasonSchema });

/**
 * Withdraws the request to erase a person, unless it was applied already. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for an erased person, INVALID_INPUT
 */
export async function withdrawErasure(
  actor: Actor,
  input: z.input<typeof withdrawErasureSchema>,
): Promise<ChangedPerson> {
  authorize(actor, "person:manage", { tried: input.personId });
  const which = parseInput(withdrawErasureSchema, input);
  return await changePerson(actor, { ...which, keepsSessions: true }, (person) => {
    if (!person.erasureRequestedAt) return null;
    return {
      action: "person.erasure_withdrawn",
      data: { erasureRequestedAt: null },
      before: null,
      after: null,
    };
  });
}
