import { z } from "zod";
import { reasonSchema } from "../audit/reason.ts";
import { parseInput } from "../parse-input.ts";
import type { Actor } from "./actor.ts";
import { authorize } from "./authorize.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";

const setPersonDisabledSchema = z.strictObject({
  personId: z.uuid(),
  isDisabled: z.boolean(),
  reason: reasonSchema,
});

/**
 * Disables a person, or lets them back in. Disabling ends their sessions and their personal
 * tokens at once; enabling brings the tokens back, not the sessions. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the last admin
 */
export async function setPersonDisabled(
  actor: Actor,
  input: z.input<typeof setPersonDisabledSchema>,
): Promise<ChangedPerson> {
  authorize(actor, "person:manage", { tried: input.personId });
  const { isDisabled, ...which } = parseInput(setPersonDisabledSchema, input);
  return await changePerson(actor, which, (person, { now }) => {
    const wasDisabled = person.disabledAt !== null;
    if (wasDisabled === isDisabled) return null;
    return {
      action: isDisabled ? "person.disabled" : "person.enabled",
      data: { disabledAt: isDisabled ? now : null },
      before: { isDisabled: wasDisabled },
      after: { isDisabled },
    };
  });
}
