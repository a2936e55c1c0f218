import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";

export const setPersonDisabledSchema = z.strictObject({
  personId: z.uuid(),
  isDisabled: z.boolean(),
  reason: reasonSchema,
});

const TO_BE_ERASED = "The erasure of their data is requested. Withdraw that request first.";

/**
 * Disables or enables a person. Disabling ends their sessions and stops their personal tokens at once;
 * enabling makes the tokens work again, but not the sessions. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the last admin, or while an erasure is requested
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
    if (person.erasureRequestedAt && !isDisabled) {
      throw new AppError("CONFLICT", TO_BE_ERASED, [{ path: "personId", message: TO_BE_ERASED }]);
    }
    return {
      action: isDisabled ? "person.disabled" : "person.enabled",
      data: { disabledAt: isDisabled ? now : null },
      before: { isDisabled: wasDisabled },
      after: { isDisabled },
    };
  });
}
