import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { endWaitingOf } from "../waiting/end-waiting-of.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";

export const setPersonDisabledSchema = z.strictObject({
  personId: z.uuid(),
  isDisabled: z.boolean(),
  reason: reasonSchema,
});

const WAS_DISABLED = "Somebody in whose name it was to be carried out was disabled.";
const TO_BE_ERASED = "The erasure of their data is requested. Withdraw that request first.";

/**
 * Disables or enables a person. Disabling ends their sessions, stops their personal tokens and cancels
 * their schedules and requests that wait, at once; enabling makes the tokens work again, but nothing else. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the last admin, or while an erasure is requested
 */
export async function setPersonDisabled(
  actor: Actor,
  input: z.input<typeof setPersonDisabledSchema>,
): Promise<ChangedPerson> {
  authorize(actor, "person:manage", { tried: input.personId });
  const { isDisabled, ...which } = parseInput(setPersonDisabledSchema, input);
  return await changePerson(actor, which, async (person, tx) => {
    const wasDisabled = person.disabledAt !== null;
    if (wasDisabled === isDisabled) return null;
    if (person.erasureRequestedAt && !isDisabled) {
      throw new AppError("CONFLICT", TO_BE_ERASED, [{ path: "personId", message: TO_BE_ERASED }]);
    }
    if (isDisabled) {
      await endWaitingOf(tx, { personId: person.id, why: WAS_DISABLED, reason: which.reason });
    }
    return {
      action: isDisabled ? "person.disabled" : "person.enabled",
      data: { disabledAt: isDisabled ? tx.now : null },
      before: { isDisabled: wasDisabled },
      after: { isDisabled },
    };
  });
}
